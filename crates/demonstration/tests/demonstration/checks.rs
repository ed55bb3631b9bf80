//! The checks of the demonstration: by people who may, on working days, and as many whenever they are made up again.

use demonstration::{Memory, Seed, Stage, checks, play};
use register::calendar::{is_working_day, london};
use register::people::{Action, Extent};

#[test]
fn people_who_may_check_do_so_on_working_days_and_more_of_late() {
    let until = "2026-11-24T10:00:00Z".parse().expect("timestamp");
    let mut memory = Memory::default();
    play(&mut memory, Seed(1), until).expect("a history");
    let register = memory.register();
    let made = checks(register, Seed(1), until);
    assert!(made.len() > 400, "{} checks", made.len());
    assert!(made.windows(2).all(|pair| pair[0].at <= pair[1].at));
    for check in &made {
        let account = register.account(check.by).expect("an account");
        assert!(account.extent(Action::Check) > Extent::Nothing);
        assert!(check.at < until && is_working_day(london(check.at)) && london(check.at) == check.day);
    }
    let lately = |check: &&demonstration::Check| check.day.year() == 2026 && check.day.month() >= 9;
    assert!(made.iter().filter(lately).count() * 4 > made.len());
    let again = checks(register, Seed(1), until);
    assert_eq!(format!("{made:?}"), format!("{again:?}"));
}
