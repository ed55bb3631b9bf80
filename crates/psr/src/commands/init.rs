//! `psr init`: makes a new register.

use crate::{Exit, config::Config, open};
use anyhow::{Context, Result, bail};
use clap::Args;
use figment::Figment;
use figment::providers::{Format as _, Toml};
use register::command::{OpenAccount, OpenRegister, OpenTeam};
use register::ids::{AccountId, RiskId, TeamId};
use register::people::{AccountDetails, Contact, Role};
use register::personal::Text;
use register::policy::{Council, Desk, Policy};
use register::risk;
use serde::{Deserialize, Serialize};
use service::Reality;
use service::clock::SystemClock;
use std::path::PathBuf;
use std::sync::Arc;

/// Make a new register from a council file and open the first account.
///
/// The council file (TOML) says who keeps the register and which desks people ring; docs/council.example.toml is one to copy.
/// The first account may manage accounts. Its holder chooses a password with the invitation code that is printed: hand it over
/// in person. Ends with 0, with 1 when there is a register already, and with 2 when the file is wrong.
#[derive(Debug, Args)]
pub struct Init {
    /// The council file.
    #[arg(long, value_name = "FILE")]
    council: PathBuf,
    /// Name of the first account's holder.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Their work email address, which is also the name to sign in with.
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// Answer in JSON: {"account", "invitation"}.
    #[arg(long)]
    json: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CouncilFile {
    name: String,
    register_name: String,
    policy_name: String,
    address: Vec<String>,
    duty_desk: DeskTable,
    appeals_desk: DeskTable,
    data_protection_desk: DeskTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeskTable {
    name: String,
    phone: String,
    email: String,
}

#[derive(Serialize)]
struct Answer {
    account: String,
    invitation: String,
}

/// A setting of the council file as text, or an error that names it.
fn text(field: &str, typed: &str) -> Result<Text> {
    match Text::new(typed) {
        Ok(text) => Ok(text),
        Err(_) => bail!("{field} in the council file must not be blank"),
    }
}

impl DeskTable {
    fn desk(&self, which: &str) -> Result<Desk> {
        Ok(Desk {
            name: text(&format!("{which}.name"), &self.name)?,
            phone: text(&format!("{which}.phone"), &self.phone)?,
            email: text(&format!("{which}.email"), &self.email)?,
        })
    }
}

impl CouncilFile {
    fn council(&self) -> Result<Council> {
        if self.address.is_empty() {
            bail!("address in the council file must have at least one line");
        }
        Ok(Council {
            name: text("name", &self.name)?,
            register_name: text("register_name", &self.register_name)?,
            address: self.address.iter().map(|line| text("address", line)).collect::<Result<_>>()?,
            duty_desk: self.duty_desk.desk("duty_desk")?,
            appeals_desk: self.appeals_desk.desk("appeals_desk")?,
            data_protection_desk: self.data_protection_desk.desk("data_protection_desk")?,
        })
    }
}

/// Who holds the first account, checked before anything is made.
fn holder(name: &str, email: &str) -> Result<AccountDetails> {
    let (Ok(name), Ok(address)) = (Text::new(name), Text::new(email)) else {
        bail!("--name and --email must not be blank");
    };
    if !super::user::looks_like_mail(address.as_str()) {
        bail!("--email {:?} is not an email address, such as name@council.gov.uk", address.as_str());
    }
    Ok(AccountDetails { name, email: address, phone: None })
}

/// The origin of the register's checkpoints: its council's name, in the letters that an address may have.
fn origin(council: &str) -> String {
    let letters: String =
        council.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("psr/{letters}")
}

impl Init {
    pub async fn run(self, config: &Config) -> Result<Exit> {
        let read = || -> Result<_> {
            let content = std::fs::read_to_string(&self.council)
                .with_context(|| format!("the council file {} cannot be read", self.council.display()))?;
            let file: CouncilFile = Figment::from(Toml::string(&content))
                .extract()
                .with_context(|| format!("the council file {} is wrong", self.council.display()))?;
            let policy_name = text("policy_name", &file.policy_name)?;
            Ok((file.council()?, policy_name, holder(&self.name, &self.email)?))
        };
        let (council, policy_name, details) = match read() {
            Ok(read) => read,
            Err(error) => {
                eprintln!("psr init: {error:#}");
                return Ok(Exit::Usage);
            }
        };
        let ledger = open::new_ledger(config, &origin(council.name.as_str()), &SystemClock).await?;
        let service = open::start(ledger, Arc::new(SystemClock), Reality::Real).await?;
        let policy = Policy::first(service.today(), policy_name);
        let team_name = council.duty_desk.name.clone();
        service.execute_as_system(OpenRegister { council, policy }).await?;
        let team = TeamId::from_bits(service.fresh());
        service.execute_as_system(OpenTeam { team, name: team_name, contact: Contact::AtOffice }).await?;
        let account = AccountId::from_bits(service.fresh());
        let roles = [Role::RegisterTeam].into();
        service.execute_as_system(OpenAccount { account, roles, team, details }).await?;
        let fresh = [(); 3].map(|()| RiskId::from_bits(service.fresh()));
        for risk in risk::to_begin_with(fresh) {
            service.execute_as_system(risk).await?;
        }
        let invitation = service.invitation(account).await?;
        let words = format!(
            "The register is ready in {}.\n\
             {} chooses a password with this code, once, within three days: {invitation}\n\
             Next: psr serve, open http://{}/sign-in/invitation, and keep a copy of {} somewhere safe: without the keys \
             nothing can be read.\n\
             Accounts that read or decide are let in by two people: open a second one that manages accounts with psr user add.",
            config.data.display(),
            self.email,
            config.listen,
            config.key_directory().display(),
        );
        super::answer(self.json, &Answer { account: account.to_string(), invitation }, &words)?;
        Ok(Exit::Done)
    }
}
