//! Passkeys on a running register: whose they are, how often what they signed is good, and that they end with whatever ends their holder's access.

#![expect(clippy::indexing_slicing, reason = "what a test needs and does not get fails it")]

#[path = "../../../passkey/tests/device/mod.rs"]
mod device;

use super::{PASSWORD, Running, council, email, half, signed_in, somebody};
use device::{Device, ORIGIN};
use jiff::SignedDuration;
use passkey::{Kind, Making, Site};
use register::command::{CloseAccount, OpenAccount, TellStaff};
use register::ids::AccountId;
use register::moment::Actor;
use register::people::{AccountDetails, Role, Told};
use register::personal::Text;
use service::Service;
use service::clock::Clock;
use service::sign_in::{AskedFor, Invitation, PasskeyRefused, SessionToken, SignInRefused, Used};

pub fn site() -> Site {
    Site::at(ORIGIN).expect("a site")
}

/// Somebody who has signed in, and a device of theirs whose passkey is kept.
pub async fn holder(service: &Service, account: AccountId) -> (SessionToken, Device) {
    let token = signed_in(service, account).await;
    let asked_for = AskedFor::Session(token.as_str());
    let asking = service.passkey_asking(asked_for).await.expect("asked");
    let mut device = Device::honest(Kind::Es256, asking);
    device.id = account.bits().to_be_bytes().to_vec();
    let (client, attested) = (device.client(), device.attested());
    let making = Making { client: &client, attested: &attested };
    service.keep_passkey(&site(), account, token.as_str(), "Phone", making).await.expect("kept");
    (token, device.signing())
}

/// What the device says when it is asked for something.
pub async fn uses(service: &Service, device: &mut Device, asked_for: AskedFor<'_>) -> Used {
    device.asking = service.passkey_asking(asked_for).await.expect("asked");
    device.count += 1;
    let id = passkey::to_text(&device.id);
    Used { id, client: device.client(), device: device.word(), signature: device.signature() }
}

#[tokio::test]
async fn a_passkey_signs_its_holder_in_and_what_it_signed_is_good_once_however_many_send_it() {
    let running = council(0).await;
    let (service, officer) = (&running.service, somebody(Role::Officer));
    let (_, mut device) = holder(service, officer).await;
    let used = uses(service, &mut device, AskedFor::SignIn).await;
    let at_once: Vec<_> = (0..64)
        .map(|_| {
            let (service, used) = (service.clone(), used.clone());
            tokio::spawn(async move { service.sign_in_by_passkey(&site(), &used).await.ok() })
        })
        .collect();
    let mut opened = Vec::new();
    for sent in at_once {
        opened.extend(sent.await.expect("ran"));
    }
    assert_eq!(opened.len(), 1);
    let session = service.session(opened[0].as_str()).await.expect("looked up").expect("a session");
    assert_eq!(session.account, officer);
    assert!(service.is_fresh(session.proved), "it is a proof as well");

    let late = uses(service, &mut device, AskedFor::SignIn).await;
    running.clock.set(running.clock.now() + SignedDuration::from_mins(6));
    let refused = service.sign_in_by_passkey(&site(), &late).await;
    assert_eq!(refused.err(), Some(SignInRefused::PasskeyNotRight), "it was asked too long ago");
}

#[tokio::test]
async fn a_passkey_is_of_one_account_one_session_and_one_purpose() {
    let running = council(0).await;
    let service = &running.service;
    let (officer, manager) = (somebody(Role::Officer), somebody(Role::LineManager));
    let (token, mut device) = holder(service, officer).await;
    let (others_token, mut others) = holder(service, manager).await;
    let not_right = Some(SignInRefused::PasskeyNotRight);

    let halfway = half(service, officer).await;
    let used = uses(service, &mut others, AskedFor::Session(halfway.as_str())).await;
    assert_eq!(
        service.second_factor_by_passkey(&site(), &halfway, &used).await.err(),
        not_right,
        "another's key"
    );
    let used = uses(service, &mut device, AskedFor::SignIn).await;
    assert_eq!(
        service.second_factor_by_passkey(&site(), &halfway, &used).await.err(),
        not_right,
        "signed to sign in"
    );
    let used = uses(service, &mut device, AskedFor::Session(token.as_str())).await;
    assert_eq!(
        service.second_factor_by_passkey(&site(), &halfway, &used).await.err(),
        not_right,
        "of another session"
    );
    let used = uses(service, &mut device, AskedFor::Session(halfway.as_str())).await;
    service.second_factor_by_passkey(&site(), &halfway, &used).await.expect("signed in");

    let used = uses(service, &mut others, AskedFor::Session(token.as_str())).await;
    assert_eq!(
        service.prove_by_passkey(&site(), token.as_str(), &used).await.err(),
        not_right,
        "another proves nothing"
    );
    let used = uses(service, &mut others, AskedFor::Session(others_token.as_str())).await;
    service.prove_by_passkey(&site(), others_token.as_str(), &used).await.expect("proved");

    let asking = service.passkey_asking(AskedFor::Session(others_token.as_str())).await.expect("asked");
    let mut same = Device::honest(Kind::Es256, asking);
    same.id = device.id.clone();
    let (client, attested) = (same.client(), same.attested());
    let making = Making { client: &client, attested: &attested };
    let kept = service.keep_passkey(&site(), manager, others_token.as_str(), "Mine", making).await;
    assert_eq!(kept, Err(PasskeyRefused::Known), "nobody takes over the name of another's key");
    assert!(
        !service.drop_passkey(manager, &passkey::to_text(&device.id)).await.expect("asked"),
        "or removes it"
    );
}

/// How somebody leaves, or is put out.
pub async fn put_out(running: &Running, account: AccountId, how: &str) {
    let service = &running.service;
    let (one, other) = {
        let keepers: Vec<AccountId> = service.read(|register| {
            let keeps = register.accounts().filter(|account| account.roles.contains(&Role::RegisterTeam));
            keeps.map(|account| account.id).collect()
        });
        (keepers[0], keepers[1])
    };
    match how {
        "closed" => {
            service.execute(one, service.fresh_command(), CloseAccount { account }).await.expect("closed");
        }
        "left" => {
            let directory = AccountId::from_bits(service.fresh());
            let team = service.read(|register| register.account(one).map(|it| it.team)).expect("a team");
            let details = AccountDetails {
                name: Text::new("Directory of staff").expect("text"),
                email: Text::new("directory@programs.example").expect("text"),
                phone: None,
            };
            let roles = [Role::Directory].into();
            service
                .execute_as_system(OpenAccount { account: directory, roles, team, details })
                .await
                .expect("opened");
            let told = TellStaff { account, told: Told::Left };
            service.execute(directory, service.fresh_command(), told).await.expect("told");
        }
        "reset" => {
            service.ask_second_factor_reset(one, service.fresh_command(), account).await.expect("asked");
            let takes_two =
                service.read(|register| register.account(account).is_some_and(|it| it.takes_two()));
            if takes_two {
                service
                    .agree_second_factor_reset(other, service.fresh_command(), account)
                    .await
                    .expect("agreed");
            }
        }
        _ => unreachable!(),
    }
}

#[tokio::test]
async fn whoever_is_put_out_is_out_at_once_by_every_way_in() {
    for (how, role) in [
        ("closed", Role::Officer),
        ("closed", Role::DecisionMaker),
        ("left", Role::Officer),
        ("left", Role::DecisionMaker),
        ("reset", Role::Officer),
        ("reset", Role::DecisionMaker),
    ] {
        let running = council(0).await;
        let (service, account) = (&running.service, somebody(role));
        let (token, mut device) = holder(service, account).await;
        let halfway = half(service, account).await;
        let used = uses(service, &mut device, AskedFor::SignIn).await;
        let second = uses(service, &mut device, AskedFor::Session(halfway.as_str())).await;
        let invitation = match service.invite(Actor::System, service.fresh_command(), account).await {
            Ok(Invitation::Whole(code)) => code,
            other => panic!("a code: {other:?}"),
        };
        put_out(&running, account, how).await;
        let what = format!("{how} {role:?}");
        assert!(service.session(token.as_str()).await.expect("asked").is_none(), "{what}: the session");
        assert!(
            service.session(halfway.as_str()).await.expect("asked").is_none(),
            "{what}: the half session"
        );
        assert!(service.sign_in_by_passkey(&site(), &used).await.is_err(), "{what}: the passkey");
        assert!(
            service.second_factor_by_passkey(&site(), &halfway, &second).await.is_err(),
            "{what}: the second step"
        );
        let code = service.demonstration_code(account).await.unwrap_or_default();
        assert!(service.second_factor(&halfway, &code).await.is_err(), "{what}: the code");
        assert!(service.prove(token.as_str(), &code).await.is_err(), "{what}: the proof");
        if how != "reset" {
            let password = service.sign_in(&email(service, account), PASSWORD).await;
            assert!(password.is_err(), "{what}: the password");
            let taken = service.accept_invitation(&invitation, "", "candle river basket").await;
            assert!(taken.is_err(), "{what}: the invitation");
        }
    }
}

#[tokio::test]
async fn whoever_one_process_puts_out_is_out_of_another_within_two_seconds() {
    let running = council(0).await;
    let here = &running.service;
    let account = somebody(Role::Officer);
    let (token, _) = holder(here, account).await;
    let there = crate::open(running.directory.path(), &running.clock).await;
    assert!(there.session(token.as_str()).await.expect("asked").is_some());
    put_out(&running, account, "closed").await;
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    assert!(there.session(token.as_str()).await.expect("asked").is_none());
}
