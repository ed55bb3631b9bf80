//! What somebody signs in on, in a plain word: a browser and a system out of two short lists. Nothing else of what the browser says is kept.

use serde::{Deserialize, Serialize};

/// Words by what a browser says of itself. The first that fits: most browsers say that they are several others, too.
const BROWSERS: [(&str, &[&str]); 6] = [
    ("Edge", &["Edg/", "EdgA/", "EdgiOS/"]),
    ("Opera", &["OPR/", "OPT/"]),
    ("Samsung Internet", &["SamsungBrowser/"]),
    ("Firefox", &["Firefox/", "FxiOS/"]),
    ("Chrome", &["Chrome/", "CriOS/"]),
    ("Safari", &["Safari/"]),
];
const SYSTEMS: [(&str, &[&str]); 7] = [
    ("iPhone", &["iPhone"]),
    ("iPad", &["iPad"]),
    ("Android", &["Android"]),
    ("Windows", &["Windows"]),
    ("Chromebook", &["CrOS"]),
    ("Mac", &["Macintosh"]),
    ("Linux", &["Linux"]),
];

/// A device in a plain word, such as `Chrome on Android`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device(String);

impl Device {
    /// Out of the `User-Agent` of a request (RFC 9110, 10.1.5).
    #[must_use]
    pub fn of(user_agent: &str) -> Self {
        let word = |list: &[(&'static str, &[&str])]| {
            let fits = list.iter().find(|(_, signs)| signs.iter().any(|sign| user_agent.contains(sign)));
            fits.map(|(word, _)| *word)
        };
        Self(match (word(&BROWSERS), word(&SYSTEMS)) {
            (Some(browser), Some(system)) => format!("{browser} on {system}"),
            (Some(browser), None) => browser.to_owned(),
            (None, Some(system)) => format!("A browser on {system}"),
            (None, None) => "A browser".to_owned(),
        })
    }

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_called_by_its_browser_and_system() {
        for (user_agent, word) in [
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
                "Samsung Internet on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
                "Edge on Windows",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
                "Safari on Mac",
            ),
            ("curl/8.11.0", "A browser"),
            ("", "A browser"),
        ] {
            assert_eq!(Device::of(user_agent).as_str(), word);
        }
    }

    #[test]
    fn nothing_of_what_a_browser_says_is_kept_but_two_words() {
        let long = format!("<script> Chrome/131.0.6778.86 serial-4711 Windows {}", "x".repeat(10_000));
        assert_eq!(Device::of(&long).as_str(), "Chrome on Windows");
    }
}
