//! The sessions of an account on a running register: listed to their holder alone, and over when they are ended, whatever is under way.

use super::{council, half, is_in, later, signed_in, somebody};
use register::people::Role;
use service::clock::Clock;
use service::sign_in::{Device, SessionToken, SignInRefused, Stage, Way};

#[tokio::test]
async fn somebody_is_shown_their_own_sessions_with_the_one_they_ask_from_first() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let old = signed_in(service, officer).await;
    service
        .begun_on(
            &old,
            Device::of("Mozilla/5.0 (Linux; Android 10; K) Chrome/131.0.0.0 Mobile Safari/537.36"),
        )
        .await
        .expect("kept");
    let begun = running.clock.now();
    later(&running, 5);
    signed_in(service, somebody(Role::LineManager)).await;
    let this = signed_in(service, officer).await;
    half(service, officer).await;

    let sessions = service.sessions(officer, old.as_str()).await.expect("sessions");
    assert_eq!(sessions.len(), 3, "nobody else’s");
    assert!(sessions[0].is_this && sessions.iter().filter(|it| it.is_this).count() == 1);
    assert_eq!((sessions[0].begun, sessions[0].last_used), (begun, begun));
    assert_eq!(sessions[0].device.as_ref().map(Device::as_str), Some("Chrome on Android"));
    assert!(sessions.iter().all(|it| it.way == Way::Own));
    assert_eq!(sessions.iter().filter(|it| it.stage == Stage::SecondFactor).count(), 1, "a half one, too");
    service.session(old.as_str()).await.expect("used");
    let again = service.sessions(officer, old.as_str()).await.expect("sessions");
    assert_eq!(again[0].last_used, running.clock.now());
    assert_eq!(again[0].device, sessions[0].device, "a use forgets nothing");

    later(&running, 14);
    service.session(this.as_str()).await.expect("used");
    later(&running, 2);
    let left = service.sessions(officer, this.as_str()).await.expect("sessions");
    assert_eq!(left.len(), 1, "what was left alone is over");
}

#[tokio::test]
async fn what_is_ended_is_out_at_the_next_request_and_only_whose_it_is_ends_it() {
    let running = council(0).await;
    let (service, officer, manager) =
        (&running.service, somebody(Role::Officer), somebody(Role::LineManager));
    let this = signed_in(service, officer).await;
    later(&running, 1);
    let other = signed_in(service, officer).await;
    let theirs = signed_in(service, manager).await;
    let sessions = service.sessions(officer, this.as_str()).await.expect("sessions");
    let number = sessions[1].number.to_string();

    assert!(!service.end_session(manager, &number).await.expect("asked"), "another’s");
    for none in ["", "x", "1234567", &format!("{number} "), other.as_str()] {
        assert!(!service.end_session(officer, none).await.expect("asked"), "{none}");
    }
    assert!(is_in(service, &other).await);
    assert!(!is_in(service, &SessionToken::from_cookie(&number)).await, "a number opens nothing");
    assert!(service.end_session(officer, &number).await.expect("asked"));
    assert!(!is_in(service, &other).await);
    assert!(!service.end_session(officer, &number).await.expect("asked"), "once");
    assert!(is_in(service, &this).await && is_in(service, &theirs).await);
}

#[tokio::test]
async fn all_but_this_one_end_and_half_ones_come_no_further() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let theirs = signed_in(service, somebody(Role::LineManager)).await;
    let mut others = Vec::new();
    for _ in 0..3 {
        others.push(signed_in(service, officer).await);
        later(&running, 1);
    }
    let halfway = half(service, officer).await;
    let this = others.pop().expect("the last");
    assert!(service.end_other_sessions(officer, this.as_str()).await.expect("ended"));
    for other in &others {
        assert!(!is_in(service, other).await);
    }
    let code = service.demonstration_code(officer).await.expect("code");
    assert_eq!(service.second_factor(&halfway, &code).await.err(), Some(SignInRefused::Expired));
    assert!(is_in(service, &this).await && is_in(service, &theirs).await);
    assert!(!service.end_other_sessions(officer, this.as_str()).await.expect("asked"), "there are none");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_ended_while_it_is_used_stays_ended() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let this = signed_in(service, officer).await;
    for _ in 0..8 {
        later(&running, 2);
        let other = signed_in(service, officer).await;
        later(&running, 2);
        let using: Vec<_> = (0..16)
            .map(|_| {
                let (service, other) = (service.clone(), other.clone());
                tokio::spawn(async move { service.session(other.as_str()).await.expect("used") })
            })
            .collect();
        service.end_other_sessions(officer, this.as_str()).await.expect("ended");
        for used in using {
            used.await.expect("ran");
        }
        assert!(!is_in(service, &other).await);
        assert!(is_in(service, &this).await);
    }
}
