//! `psr user`: accounts from the command line, for whoever runs the machine.

use crate::{Exit, config::Config, open};
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use register::command::{OpenAccount, OpenTeam};
use register::ids::{AccountId, TeamId};
use register::people::{AccountDetails, Contact, Role};
use register::personal::Text;
use serde::Serialize;

/// Open accounts.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Open an account and print the code with which its holder chooses a password.
    Add(Add),
}

/// Open an account and print the code with which its holder chooses a password.
///
/// The team is opened if there is none of that name. Hand the code over in person: it is good once, for three days. Ends with
/// 0, or with 1 when a rule of the register refuses it.
#[derive(Debug, Args)]
pub struct Add {
    /// The holder's name.
    #[arg(long)]
    name: String,
    /// Their work email address, which is also the name to sign in with.
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// What they are to the register; may be given more than once.
    #[arg(long = "role", required = true, value_parser = role)]
    roles: Vec<Role>,
    /// The team they work in.
    #[arg(long)]
    team: String,
    /// Whether a new team visits customers.
    #[arg(long, value_parser = contact, default_value = "at-office", value_name = "visits|at-office")]
    team_contact: Contact,
    /// Answer in JSON: {"account", "invitation"}.
    #[arg(long)]
    json: bool,
}

fn role(typed: &str) -> Result<Role, String> {
    Role::from_key(typed).ok_or_else(|| {
        let keys: Vec<_> = Role::ALL.iter().map(|role| role.key()).collect();
        format!("must be one of {}", keys.join(", "))
    })
}

fn contact(typed: &str) -> Result<Contact, String> {
    match typed {
        "visits" => Ok(Contact::Visits),
        "at-office" => Ok(Contact::AtOffice),
        _ => Err("must be visits or at-office".to_owned()),
    }
}

/// Whether a text has the shape of a mail address: something, an @, something with a dot.
pub fn looks_like_mail(text: &str) -> bool {
    match text.split_once('@') {
        Some((local, domain)) => {
            !local.is_empty()
                && domain.contains('.')
                && !text.contains(char::is_whitespace)
                && !domain.contains('@')
        }
        None => false,
    }
}

#[derive(Serialize)]
struct Answer {
    account: String,
    invitation: String,
}

impl User {
    pub async fn run(self, config: &Config) -> Result<Exit> {
        match self {
            User::Add(add) => add.run(config).await,
        }
    }
}

impl Add {
    async fn run(self, config: &Config) -> Result<Exit> {
        let (Ok(name), Ok(email), Ok(team_name)) =
            (Text::new(&self.name), Text::new(&self.email), Text::new(&self.team))
        else {
            eprintln!("psr user add: --name, --email and --team must not be blank");
            return Ok(Exit::Usage);
        };
        if !looks_like_mail(email.as_str()) {
            eprintln!("psr user add: --email must be an email address, such as name@council.gov.uk");
            return Ok(Exit::Usage);
        }
        let service = open::register(config).await?;
        if !service.read(register::state::Register::is_open) {
            bail!("there is no register in {} yet: psr init makes one", config.data.display());
        }
        let known = service.read(|register| {
            register
                .teams()
                .find(|team| team.name().eq_ignore_ascii_case(team_name.as_str()))
                .map(|team| team.id)
        });
        let team = match known {
            Some(team) => team,
            None => {
                let team = TeamId::from_bits(service.fresh());
                service
                    .execute_as_system(OpenTeam { team, name: team_name, contact: self.team_contact })
                    .await?;
                team
            }
        };
        let account = AccountId::from_bits(service.fresh());
        let details = AccountDetails { name, email, phone: None };
        let roles = self.roles.iter().copied().collect();
        service.execute_as_system(OpenAccount { account, roles, team, details }).await?;
        let invitation = service.invitation(account).await?;
        let words = match self.roles.iter().any(|role| role.is_program()) {
            true => format!(
                "{} has account {account}. It asks for tokens with this secret: {invitation}",
                self.name
            ),
            false => format!(
                "{} has account {account}. They choose a password with this code, once, within three days: {invitation}",
                self.email
            ),
        };
        super::answer(self.json, &Answer { account: account.to_string(), invitation }, &words)?;
        Ok(Exit::Done)
    }
}
