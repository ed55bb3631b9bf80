//! `psr check`.

use crate::{Exit, config::Config, open};
use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::civil::Date;
use register::partner::Uncovered;
use register::view::{Footing, Purpose, Verdict};
use serde::Serialize;
use service::check::{Asked, Described};
use service::sign_in::{SignIn, SignInRefused};

/// Check before contact, from the command line.
///
/// Ends with 0 when no current entry was found (which is not an all-clear), 10 for a marker, 11 for a possible match, 12 when
/// nobody can say: for 11 and 12 ring before contact. 2 means the question was not complete. The check is a row of the access
/// log under the account that asks, whose password is read from PSR_PASSWORD or standard input, and whose code is good once.
#[derive(Debug, Args)]
pub struct Check {
    /// The email address of the account that asks.
    #[arg(long = "as", value_name = "ADDRESS")]
    asker: String,
    /// That account's password; better given in the environment than on the command line.
    #[arg(long, env = "PSR_PASSWORD", hide_env_values = true, value_name = "PASSWORD")]
    password: Option<String>,
    /// The current code of its authenticator app.
    #[arg(long, value_name = "DIGITS")]
    code: Option<String>,
    /// Why: visit, call, meeting or correspondence.
    #[arg(long, value_parser = purpose)]
    purpose: Purpose,
    /// The day of the visit, as 2026-11-24.
    #[arg(long, value_name = "DATE")]
    day: Option<Date>,
    /// A name, whole or in part.
    #[arg(long)]
    name: Option<String>,
    /// Date of birth.
    #[arg(long, value_name = "DATE")]
    born: Option<String>,
    /// As much of the address as is known.
    #[arg(long)]
    address: Option<String>,
    /// The postcode.
    #[arg(long)]
    postcode: Option<String>,
    /// Unique property reference number.
    #[arg(long)]
    uprn: Option<String>,
    /// A telephone number.
    #[arg(long)]
    phone: Option<String>,
    /// An email address.
    #[arg(long)]
    email: Option<String>,
    /// A name on social media.
    #[arg(long)]
    social: Option<String>,
    /// A reference in another system.
    #[arg(long)]
    reference: Option<String>,
    /// The reference of the job or case it is for.
    #[arg(long)]
    job: Option<String>,
    /// Answer in JSON: {"verdict", "check", "at", "markers": [{"precautions", "ring", ...}], "ring"}.
    #[arg(long)]
    json: bool,
}

fn purpose(typed: &str) -> Result<Purpose, String> {
    Purpose::from_key(typed).ok_or_else(|| {
        let keys: Vec<_> = Purpose::ALL.iter().map(|purpose| purpose.key()).collect();
        format!("must be one of {}", keys.join(", "))
    })
}

#[derive(Serialize)]
struct Answer {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    markers: Vec<Marker>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ring: Option<Ring>,
}

#[derive(Serialize)]
struct Marker {
    reference: String,
    footing: &'static str,
    precautions: Vec<String>,
    restrictions: Vec<String>,
    ring: Ring,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_considered: Option<String>,
}

#[derive(Serialize)]
struct Ring {
    name: String,
    phone: String,
}

impl From<&register::view::Ring> for Ring {
    fn from(ring: &register::view::Ring) -> Self {
        Self { name: ring.name.clone(), phone: ring.phone.clone() }
    }
}

impl Check {
    pub async fn run(self, config: &Config) -> Result<Exit> {
        let service = match open::register(config).await {
            Ok(service) => service,
            Err(error) => {
                // Whatever is wrong with the register, whoever is about to go must not read it as an all-clear.
                let answer =
                    Answer { verdict: "cannot-say", check: None, at: None, markers: vec![], ring: None };
                super::answer(self.json, &answer, "Cannot say. Ring the register team before contact.")?;
                eprintln!("psr check: {error:#}");
                return Ok(Exit::CannotSay);
            }
        };
        let account = match self.sign_in(&service).await {
            Ok(account) => account,
            Err(error) => {
                eprintln!("psr check: {error:#}");
                return Ok(Exit::Usage);
            }
        };
        let asked = self.asked();
        let enough = service.read(|register| {
            use register::people::{Action, Extent};
            let account = register.account(account)?;
            Some((account.extent(Action::Check) > Extent::Nothing, asked.enough(register, account)))
        });
        match enough {
            Some((true, Ok(()))) => {}
            Some((true, Err(not_enough))) => {
                eprintln!("psr check: {not_enough}");
                return Ok(Exit::Usage);
            }
            _ => bail!("this account's roles do not allow checks"),
        }
        let (exit, answer, words) = match service.check(account, asked).await {
            Err(cannot) => {
                let ring = Ring::from(&cannot.ring);
                let words = format!("Cannot say. Ring {} on {} before contact.", ring.name, ring.phone);
                let answer = Answer {
                    verdict: "cannot-say",
                    check: None,
                    at: None,
                    markers: vec![],
                    ring: Some(ring),
                };
                (Exit::CannotSay, answer, words)
            }
            Ok(found) => tell(&found),
        };
        super::answer(self.json, &answer, &words)?;
        Ok(exit)
    }

    fn asked(&self) -> Asked {
        Asked {
            purpose: self.purpose,
            day: self.day,
            description: Described {
                name: self.name.clone(),
                born: self.born.clone(),
                address: self.address.clone(),
                postcode: self.postcode.clone(),
                uprn: self.uprn.clone(),
                phone: self.phone.clone(),
                email: self.email.clone(),
                social: self.social.clone(),
                reference: self.reference.clone(),
            },
            job: self.job.clone(),
        }
    }

    async fn sign_in(&self, service: &service::Service) -> Result<register::ids::AccountId> {
        let password = match &self.password {
            Some(password) => password.clone(),
            None => {
                eprintln!("Password of {}:", self.asker);
                let mut line = String::new();
                std::io::stdin().read_line(&mut line).context("the password could not be read")?;
                line.trim_end_matches(['\r', '\n']).to_owned()
            }
        };
        let token = match service.sign_in(&self.asker, &password).await? {
            SignIn::SecondFactor(token) => {
                let Some(code) = &self.code else {
                    bail!("give the current code of the authenticator app with --code");
                };
                service.second_factor(&token, code).await?
            }
            SignIn::SetUpSecondFactor(..) => {
                bail!("this account has no second factor yet: sign in on the web first to set one up")
            }
        };
        let session = service.session(token.as_str()).await?;
        service.sign_out(token.as_str()).await?;
        Ok(session.ok_or(SignInRefused::Expired)?.account)
    }
}

fn tell(found: &service::check::Answer) -> (Exit, Answer, String) {
    let at = found.at.to_string();
    let mut words = String::new();
    let mut answer =
        Answer { verdict: "", check: Some(found.check), at: Some(at.clone()), markers: vec![], ring: None };
    let exit = match &found.verdict {
        Verdict::NoneFound => {
            answer.verdict = "none-found";
            words.push_str(
                "None found. No current entry was found for these details. This is not an all-clear: follow your \
                 lone-working advice.\n",
            );
            Exit::Done
        }
        Verdict::Possible(ring) => {
            answer.verdict = "possible";
            words.push_str(&format!("Possible. Ring {} on {} before contact.\n", ring.name, ring.phone));
            answer.ring = Some(ring.into());
            Exit::Possible
        }
        Verdict::NotCovered(why, ring) => {
            answer.verdict = "not-covered";
            let why = match why {
                Uncovered::NoAgreement => "your organisation has no sharing agreement in force",
                Uncovered::OutsideScope => {
                    "your organisation’s agreement does not cover this address or purpose"
                }
            };
            words.push_str(&format!(
                "Not answered: {why}. Nobody looked. Ring {} on {} before contact.\n",
                ring.name, ring.phone
            ));
            answer.ring = Some(ring.into());
            Exit::Possible
        }
        Verdict::Marker(markers) => {
            answer.verdict = "marker";
            for marker in markers {
                words.push_str("Marker.\n");
                let (footing, said) = match marker.footing {
                    Footing::InForce => ("in-force", None),
                    Footing::Provisional => {
                        ("provisional", Some("From an older list: not assessed yet. Follow it all the same."))
                    }
                    Footing::Interim => ("interim", Some("Interim: put up at once, not decided yet.")),
                    Footing::ReviewOverdue => {
                        ("review-overdue", Some("Its review is overdue: ring and ask."))
                    }
                };
                words.extend(said.map(|said| format!("{said}\n")));
                let precautions = marker.precautions.iter().map(|precaution| &precaution.words);
                for line in precautions.chain(&marker.restrictions) {
                    words.push_str(&format!("- {line}\n"));
                }
                words.push_str(&format!("Ring {} on {}.\n", marker.ring.name, marker.ring.phone));
                answer.markers.push(Marker {
                    reference: marker.measure.to_string(),
                    footing,
                    precautions: marker.precautions.iter().map(|p| p.words.clone()).collect(),
                    restrictions: marker.restrictions.clone(),
                    ring: (&marker.ring).into(),
                    last_considered: marker.last_considered.map(|day| day.to_string()),
                });
            }
            Exit::Marker
        }
    };
    words.push_str(&format!("As of {at}. Check {}.", found.check));
    (exit, answer, words)
}
