//! Whether a history of one subject's marker could have come from one register that everybody asks in turn: linearizability.
//!
//! Every act takes effect at one moment between its call and its answer; what got no answer may take effect at any moment after its
//! call, or never. A search tries every order that those bounds allow (Wing and Gong, 1993), and remembers where it has been (Lowe, 2017).

use std::collections::HashSet;
use std::time::Instant;

/// The most acts in one history.
pub const MOST: usize = 64;

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A marker came into force, or ended.
    Becomes(bool),
    /// A check said whether one is in force.
    Says(bool),
}

/// An act with its bounds.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    /// What.
    pub act: Act,
    /// When it was asked for.
    pub asked: Instant,
    /// When its answer came, if one did.
    pub answered: Option<Instant>,
}

/// Whether some order of the acts explains them all, beginning without a marker. `None` where there are more than [`MOST`].
pub fn is_linearizable(history: &[Event]) -> Option<bool> {
    if history.len() > MOST {
        return None;
    }
    let answered = history.iter().zip(0..).filter(|(event, _)| event.answered.is_some());
    let wanted = answered.fold(0_u64, |wanted, (_, at)| wanted | 1 << at);
    let (mut tried, mut open) = (HashSet::new(), vec![(0_u64, false)]);
    while let Some((done, is_marked)) = open.pop() {
        if done & wanted == wanted {
            return Some(true);
        }
        if !tried.insert((done, is_marked)) {
            continue;
        }
        let left = || history.iter().zip(0..64_u32).filter(move |(_, at)| done & 1 << at == 0);
        // Whatever was asked after another of those left was answered comes after it.
        let first_answer = left().filter_map(|(event, _)| event.answered).min();
        for (event, at) in left().filter(|(event, _)| first_answer.is_none_or(|first| event.asked <= first)) {
            match event.act {
                Act::Becomes(marked) => open.push((done | 1 << at, marked)),
                Act::Says(marked) if marked == is_marked => open.push((done | 1 << at, is_marked)),
                Act::Says(_) => {}
            }
        }
    }
    Some(false)
}

#[cfg(test)]
mod tests {
    use super::{Act, Event, MOST, is_linearizable};
    use std::time::{Duration, Instant};

    fn history(acts: &[(Act, u64, Option<u64>)]) -> Vec<Event> {
        let begin = Instant::now();
        let at = |moment: u64| begin + Duration::from_millis(moment);
        let event = |(act, asked, answered): &(Act, u64, Option<u64>)| Event {
            act: *act,
            asked: at(*asked),
            answered: answered.map(at),
        };
        acts.iter().map(event).collect()
    }

    #[test]
    fn a_check_beside_a_change_may_say_either_and_one_after_it_only_what_it_left() {
        let (begins, ends) = (Act::Becomes(true), Act::Becomes(false));
        for beside in [true, false] {
            let sound = history(&[
                (Act::Says(false), 0, Some(5)),
                (begins, 10, Some(20)),
                (Act::Says(beside), 12, Some(18)),
                (Act::Says(true), 21, Some(25)),
                (ends, 30, Some(40)),
                (Act::Says(beside), 35, Some(50)),
                (Act::Says(false), 51, Some(55)),
            ]);
            assert_eq!(is_linearizable(&sound), Some(true));
        }
    }

    #[test]
    fn a_stale_answer_is_found() {
        let stale = history(&[(Act::Becomes(true), 0, Some(10)), (Act::Says(false), 11, Some(20))]);
        assert_eq!(is_linearizable(&stale), Some(false));
        let ended = history(&[
            (Act::Becomes(true), 0, Some(10)),
            (Act::Becomes(false), 20, Some(30)),
            (Act::Says(true), 31, Some(40)),
        ]);
        assert_eq!(is_linearizable(&ended), Some(false));
    }

    #[test]
    fn an_answer_that_goes_back_behind_one_that_came_before_it_is_found() {
        let back = history(&[
            (Act::Becomes(true), 0, Some(100)),
            (Act::Says(true), 10, Some(20)),
            (Act::Says(false), 30, Some(40)),
        ]);
        assert_eq!(is_linearizable(&back), Some(false));
    }

    #[test]
    fn a_change_without_an_answer_comes_about_late_or_never_but_not_before_it_was_asked_for() {
        let unknown = |says: &[(bool, u64)]| {
            let mut acts = vec![(Act::Becomes(true), 10, None)];
            acts.extend(says.iter().map(|(says, at)| (Act::Says(*says), *at, Some(at + 5))));
            is_linearizable(&history(&acts))
        };
        assert_eq!(unknown(&[(false, 20), (false, 900)]), Some(true));
        assert_eq!(unknown(&[(false, 20), (true, 900)]), Some(true));
        assert_eq!(unknown(&[(true, 20), (false, 900)]), Some(false));
        assert_eq!(unknown(&[(true, 1)]), Some(false));
    }

    #[test]
    fn a_history_too_long_to_be_judged_is_not_judged() {
        let long = vec![(Act::Says(false), 0, Some(1)); MOST + 1];
        assert_eq!(is_linearizable(&history(&long)), None);
    }
}
