//! Recovery codes on a running register: each good once, for their own account, and never a shorter way in than an authenticator app.

use super::passkeys::{holder, site, uses};
use super::{PASSWORD, council, email, half, is_in, later, signed_in, somebody};
use register::ids::AccountId;
use register::moment::Actor;
use register::people::Role;
use service::Service;
use service::clock::Clock;
use service::sign_in::{
    AskedFor, Invitation, RECOVERY_CODES, Recovered, SessionToken, SignIn, SignInRefused, Stage, TRIES,
};
use std::collections::BTreeSet;
use totp_rs::{Builder, Secret};

const NOT_RIGHT: Option<SignInRefused> = Some(SignInRefused::RecoveryCodeNotRight);

async fn made(service: &Service, token: &SessionToken) -> Vec<String> {
    service.make_recovery_codes(token.as_str()).await.expect("made")
}

async fn left(service: &Service, account: AccountId) -> usize {
    service.recovery_codes(account).await.expect("asked").map_or(0, |codes| codes.left)
}

async fn stage(service: &Service, token: &SessionToken) -> Option<Stage> {
    service.session(token.as_str()).await.expect("asked").map(|session| session.stage)
}

/// The session of somebody who gave their password and this recovery code, and sets up their second factor anew.
async fn replacing(service: &Service, account: AccountId, code: &str) -> SessionToken {
    let halfway = half(service, account).await;
    let Ok(Recovered::ReplaceSecondFactor(token)) = service.recover(&halfway, code).await else {
        unreachable!("it signs nobody in")
    };
    token
}

/// What an app with this secret shows now.
fn shows(secret_base32: &str, clock: &dyn Clock) -> String {
    let secret = Secret::try_from_base32(secret_base32).expect("a secret");
    let app =
        Builder::new().with_secret(secret).with_account_name("anybody".to_owned()).build().expect("an app");
    app.generate(u64::try_from(clock.now().as_second()).expect("after 1970")).to_string()
}

#[tokio::test]
async fn each_of_ten_codes_signs_an_officer_in_once_and_a_new_set_takes_the_place_of_the_old() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let token = signed_in(service, officer).await;
    assert_eq!(service.recovery_codes(officer).await, Ok(None));
    let codes = made(service, &token).await;
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), RECOVERY_CODES);
    assert_eq!(left(service, officer).await, RECOVERY_CODES);

    for (used, code) in codes.iter().take(3).enumerate() {
        let halfway = half(service, officer).await;
        let Ok(Recovered::SignedIn(token)) = service.recover(&halfway, &code.to_lowercase()).await else {
            unreachable!("signed in")
        };
        assert_eq!(stage(service, &token).await, Some(Stage::Full));
        assert!(!is_in(service, &halfway).await, "the half session has become it");
        assert_eq!(left(service, officer).await, RECOVERY_CODES - used - 1);
        let again = half(service, officer).await;
        assert_eq!(service.recover(&again, code).await.err(), NOT_RIGHT, "once");
    }
    let fresh = made(service, &token).await;
    let halfway = half(service, officer).await;
    assert_eq!(service.recover(&halfway, &codes[5]).await.err(), NOT_RIGHT, "of the old set");
    assert!(service.recover(&halfway, &fresh[0]).await.is_ok());
    service.sign_out(token.as_str()).await.expect("out");
    assert_eq!(service.make_recovery_codes(token.as_str()).await.err(), Some(SignInRefused::Expired));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_code_sent_64_times_at_once_opens_one_session() {
    for role in [Role::Officer, Role::Administrator] {
        let running = council(0).await;
        let (service, account) = (&running.service, somebody(role));
        let token = signed_in(service, account).await;
        let codes = made(service, &token).await;
        let mut halves = Vec::new();
        for _ in 0..4 {
            halves.push(half(service, account).await);
        }
        let at_once: Vec<_> = (0..64)
            .map(|sent| {
                let (service, half, code) = (service.clone(), halves[sent % 4].clone(), codes[0].clone());
                tokio::spawn(async move { service.recover(&half, &code).await.ok() })
            })
            .collect();
        let mut opened = Vec::new();
        for sent in at_once {
            opened.extend(sent.await.expect("ran"));
        }
        assert_eq!(opened.len(), 1, "{role:?}");
        assert_eq!(left(service, account).await, RECOVERY_CODES - 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_codes_sent_at_once_for_one_sign_in_use_up_one() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let token = signed_in(service, officer).await;
    let codes = made(service, &token).await;
    let halfway = half(service, officer).await;
    let at_once: Vec<_> = codes[..TRIES]
        .iter()
        .map(|code| {
            let (service, half, code) = (service.clone(), halfway.clone(), code.clone());
            tokio::spawn(async move { service.recover(&half, &code).await.ok() })
        })
        .collect();
    let mut opened = 0;
    for sent in at_once {
        opened += usize::from(sent.await.expect("ran").is_some());
    }
    assert_eq!((opened, left(service, officer).await), (1, RECOVERY_CODES - 1));
}

#[tokio::test]
async fn a_code_is_of_one_account_and_one_step_and_guessing_it_is_charged_as_codes_of_the_app_are() {
    let running = council(0).await;
    let (service, officer, member) = (&running.service, somebody(Role::Officer), somebody(Role::Member));
    let (token, theirs) = (signed_in(service, officer).await, signed_in(service, member).await);
    let (codes, others) = (made(service, &token).await, made(service, &theirs).await);
    let expired = Some(SignInRefused::Expired);
    assert_eq!(service.recover(&token, &codes[0]).await.err(), expired, "whoever is in needs none");
    assert!(service.prove(token.as_str(), &codes[0]).await.is_err(), "it proves nothing");

    let halfway = half(service, officer).await;
    assert!(service.second_factor(&halfway, &codes[0]).await.is_err(), "nor is it a code of the app");
    let code = service.demonstration_code(officer).await.expect("code");
    for wrong in [others[0].as_str(), "", "0", &code, &codes[0][1..], &"A".repeat(100_000)] {
        assert_eq!(service.recover(&halfway, wrong).await.err(), NOT_RIGHT);
    }
    let too_many = Some(SignInRefused::TooMany);
    assert_eq!(service.recover(&halfway, &codes[0]).await.err(), too_many);
    assert_eq!(service.second_factor(&halfway, &code).await.err(), too_many, "they are counted together");
    assert_eq!(left(service, officer).await, RECOVERY_CODES);
    later(&running, 6);
    assert!(service.recover(&halfway, &codes[0]).await.is_ok());
}

#[tokio::test]
async fn a_session_begun_with_a_code_shows_nothing_before_a_grave_act() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let token = signed_in(service, officer).await;
    let codes = made(service, &token).await;
    let halfway = half(service, officer).await;
    let Ok(Recovered::SignedIn(token)) = service.recover(&halfway, &codes[0]).await else {
        unreachable!("signed in")
    };
    let session = service.session(token.as_str()).await.expect("asked").expect("in");
    assert!(!service.is_fresh(session.proved));
    later(&running, 1);
    let code = service.demonstration_code(officer).await.expect("code");
    service.prove(token.as_str(), &code).await.expect("the app does");
    let session = service.session(token.as_str()).await.expect("asked").expect("in");
    assert!(service.is_fresh(session.proved));
}

#[tokio::test]
async fn whoever_does_more_than_ask_and_tell_sets_up_a_new_app_and_is_nowhere_before() {
    let running = council(0).await;
    let (service, account) = (&running.service, somebody(Role::Administrator));
    let (token, mut device) = holder(service, account).await;
    let codes = made(service, &token).await;
    later(&running, 1);
    let setting_up = replacing(service, account, &codes[0]).await;
    assert_eq!(stage(service, &setting_up).await, Some(Stage::ReplaceSecondFactor));
    assert_eq!(service.make_recovery_codes(setting_up.as_str()).await.err(), Some(SignInRefused::Expired));

    let enrolment = service.enrolment(&setting_up).await.expect("a secret");
    assert_eq!(
        service.enrolment(&setting_up).await.expect("a secret").secret_base32,
        enrolment.secret_base32
    );
    assert_ne!(enrolment.secret_base32, super::SECRET, "the one before is shown to nobody");
    let old = service.demonstration_code(account).await.expect("code");
    for no_new_app in [old.as_str(), "000000", &codes[1]] {
        let refused = service.confirm_second_factor(&setting_up, no_new_app).await;
        assert_eq!(refused.err(), Some(SignInRefused::CodeNotRight));
    }
    let used = uses(service, &mut device, AskedFor::Session(setting_up.as_str())).await;
    assert!(service.second_factor_by_passkey(&site(), &setting_up, &used).await.is_err());
    assert!(is_in(service, &token).await, "nothing has happened to what was good before");

    let code = shows(&enrolment.secret_base32, running.clock.as_ref());
    let whole = service.confirm_second_factor(&setting_up, &code).await.expect("set up");
    assert_eq!(stage(service, &whole).await, Some(Stage::Full));
    assert!(
        !is_in(service, &token).await && !is_in(service, &setting_up).await,
        "every other session is over"
    );
    assert_eq!(service.passkeys(account).await.expect("asked"), []);
    assert_eq!(service.recovery_codes(account).await, Ok(None));
    later(&running, 1);
    let halfway = half(service, account).await;
    let old = shows(super::SECRET, running.clock.as_ref());
    assert_eq!(service.second_factor(&halfway, &old).await.err(), Some(SignInRefused::CodeNotRight));
    assert_eq!(service.recover(&halfway, &codes[1]).await.err(), NOT_RIGHT);
    let code = shows(&enrolment.secret_base32, running.clock.as_ref());
    service.second_factor(&halfway, &code).await.expect("signed in");
}

#[tokio::test]
async fn a_code_that_is_used_and_left_opens_nothing_and_closes_nothing() {
    let running = council(0).await;
    let (service, account) = (&running.service, somebody(Role::DecisionMaker));
    let token = signed_in(service, account).await;
    let codes = made(service, &token).await;
    let setting_up = replacing(service, account, &codes[0]).await;
    let secret = service.enrolment(&setting_up).await.expect("a secret").secret_base32;
    later(&running, 16);
    let code = shows(&secret, running.clock.as_ref());
    let refused = service.confirm_second_factor(&setting_up, &code).await;
    assert_eq!(refused.err(), Some(SignInRefused::Expired), "too late");
    let password = service.sign_in(&email(service, account), PASSWORD).await;
    assert!(matches!(password, Ok(SignIn::SecondFactor(_))), "the password is no more than it was");
    let code = service.demonstration_code(account).await.expect("code");
    let halfway = half(service, account).await;
    service.second_factor(&halfway, &code).await.expect("the app is good");
    assert_eq!(left(service, account).await, RECOVERY_CODES - 1, "the code is spent");

    // Two at once: whoever is first ends the other, whose secret is another.
    let one = replacing(service, account, &codes[1]).await;
    let other = replacing(service, account, &codes[2]).await;
    let of_one = service.enrolment(&one).await.expect("a secret").secret_base32;
    let of_other = service.enrolment(&other).await.expect("a secret").secret_base32;
    assert_ne!(of_one, of_other);
    let code = shows(&of_one, running.clock.as_ref());
    assert!(service.confirm_second_factor(&other, &code).await.is_err());
    service.confirm_second_factor(&one, &code).await.expect("set up");
    let code = shows(&of_other, running.clock.as_ref());
    assert_eq!(service.confirm_second_factor(&other, &code).await.err(), Some(SignInRefused::Expired));
}

#[tokio::test]
async fn a_reset_or_an_invitation_forgets_every_code_and_whoever_was_using_one() {
    for (how, role) in [
        ("reset", Role::Officer),
        ("reset", Role::DecisionMaker),
        ("invited", Role::Officer),
        ("invited", Role::DecisionMaker),
    ] {
        let running = council(0).await;
        let (service, account) = (&running.service, somebody(role));
        let token = signed_in(service, account).await;
        let codes = made(service, &token).await;
        let halfway = half(service, account).await;
        let setting_up = match role {
            Role::Officer => None,
            _ => Some(replacing(service, account, &codes[1]).await),
        };
        if let Some(setting_up) = &setting_up {
            service.enrolment(setting_up).await.expect("a secret");
        }
        if how == "reset" {
            super::passkeys::put_out(&running, account, how).await;
        } else {
            let invited = service.invite(Actor::System, service.fresh_command(), account).await;
            let Ok(Invitation::Whole(code)) = invited else { unreachable!("a code") };
            service.accept_invitation(&code, "", PASSWORD).await.expect("taken up");
        }
        let what = format!("{how} {role:?}");
        assert_eq!(service.recovery_codes(account).await, Ok(None), "{what}");
        assert!(service.recover(&halfway, &codes[0]).await.is_err(), "{what}");
        if let Some(setting_up) = &setting_up {
            assert!(service.enrolment(setting_up).await.is_err(), "{what}");
        }
    }
}
