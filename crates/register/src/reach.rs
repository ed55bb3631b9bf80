//! How much of which file an account may open: the permission table applied to one case.

use crate::ids::File;
use crate::people::{Account, Action, Extent, Standing};
use crate::state::Register;
use crate::view::Disclosure;

/// What is done about a team as a whole: its word that it keeps no list, and who of it keeps access.
const OF_TEAMS: [Action; 4] =
    [Action::ReadDeclarations, Action::ConfirmAccess, Action::ConfirmManagers, Action::ConfirmRegisterTeam];

/// How much of `file` this account is shown. [`Disclosure::Nothing`] looks like a file that does not exist.
#[must_use]
pub fn reach(register: &Register, account: &Account, file: File) -> Disclosure {
    if register.is_excluded_from(account.id, file) {
        return Disclosure::Nothing;
    }
    let opens = match file {
        File::Incident(id) => register.incident(id).is_some_and(|incident| {
            let own = incident.reporter == account.id;
            match account.extent(Action::ReadIncident) {
                Extent::Nothing => false,
                Extent::Own => own,
                Extent::Team => own || incident.team == account.team,
                Extent::All => true,
            }
        }),
        File::Subject(id) => {
            register.subject(id).is_some() && account.extent(Action::ReadSubject) == Extent::All
        }
        File::Measure(id) => {
            register.measure(id).is_some_and(|measure| match account.extent(Action::ReadMeasure) {
                Extent::Nothing | Extent::Own => false,
                Extent::Team => measure.is_of(register, account),
                Extent::All => true,
            })
        }
        File::Meeting(id) => {
            let sees = account.extent(Action::KeepMeetings).max(account.extent(Action::Meet));
            register.meeting(id).is_some() && sees > Extent::Nothing
        }
        File::Account(id) => {
            let known = register.request(id).is_some() || register.account(id).is_some();
            let asks = account.extent(Action::AskAccess) > Extent::Nothing
                && register.team_of_newcomer(id) == Some(account.team);
            (known && account.extent(Action::ManageAccounts) == Extent::All) || asks
        }
        // It is read row by row, by whoever may read the access log.
        File::Accesses(_) => false,
        File::Import(id) => register.import(id).is_some_and(|import| {
            let takes_in = account.extent(Action::Import).max(account.extent(Action::ApproveImport));
            takes_in == Extent::All
                || (account.extent(Action::CertifyOldList) > Extent::Nothing && import.team == account.team)
        }),
        File::Team(id) => match OF_TEAMS.iter().map(|action| account.extent(*action)).max() {
            None | Some(Extent::Nothing | Extent::Own) => false,
            Some(Extent::Team) => account.team == id,
            Some(Extent::All) => register.team(id).is_some(),
        },
        File::Partner(id) => register.partner(id).is_some_and(|partner| {
            let keeps = [Action::KeepPartners, Action::ApproveAgreement, Action::EndAgreement];
            let answers = || partner.agreements.iter().any(|agreement| agreement.terms.answers == account.id);
            keeps.into_iter().any(|action| account.extent(action) == Extent::All)
                || (account.extent(Action::ConfirmAgreement) > Extent::Nothing && answers())
        }),
        // The rules are no secret from whoever works by them.
        File::Policy => account.standing == Standing::Open,
    };
    match opens {
        false => Disclosure::Nothing,
        true if account.extent(Action::SeeReporter) == Extent::All => Disclosure::Everything,
        true => Disclosure::File,
    }
}
