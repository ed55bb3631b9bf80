//! `psr serve`.

use crate::backups::Keeper;
use crate::{Exit, config::Config, open};
use anyhow::Context;
use axum::Router;
use clap::Args;
use gazetteer::Gazetteer;
use intake::Intake;
use passkey::Site;
use sd_notify::NotifyState;
use service::Service;
use service::certificates::BackupsKept;
use tokio::signal::unix::{SignalKind, signal};
use web::app::{App, Settings, Transport};

/// Serve the register until stopped.
///
/// Verifies the end of the history against the outside heads before it answers, and refuses to start on a database that was
/// rolled back or damaged: psr verify says where. Carries out what falls due by time. Ends with 0 when asked to stop (Ctrl-C,
/// SIGTERM), and with 1 when it cannot start.
#[derive(Debug, Args)]
pub struct Serve {}

impl Serve {
    pub async fn run(self, config: &Config) -> anyhow::Result<Exit> {
        let service = open::register(config).await?;
        // Cookies are secure from the first day: what is in front of a real register is TLS, here or at a proxy.
        serve(config, service, Transport::Tls, config.site()?).await
    }
}

/// Serves a register until it is asked to stop.
pub async fn serve(
    config: &Config,
    service: Service,
    transport: Transport,
    site: Option<Site>,
) -> anyhow::Result<Exit> {
    let listener = tokio::net::TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot serve on {}: is something else using it?", config.listen))?;
    service.keeps_spool_in(&config.spool()).await.with_context(|| {
        format!(
            "checks could not be kept in {} while the register cannot be written",
            config.spool().display()
        )
    })?;
    let daily = service.clone();
    tokio::spawn(async move { daily.keep_house().await });
    let stop = asked_to_stop()?;
    if let Some(keeper) = Keeper::new(config)? {
        tokio::spawn(keeper.keep());
    }
    tracing::info!(address = %listener.local_addr()?, "serving");
    tell_supervisor(NotifyState::Ready);
    let settings = Settings { transport, brand: config.brand()? };
    let app = App::new(service, settings)
        .offering(Gazetteer::at(config.gazetteer()))
        .at(site)
        .by_passkey_for(config.passkey_roles()?)
        .keeping_backups(config.backup.as_ref().map(|backup| BackupsKept(backup.window_days)))
        .signing_in_by(config.council()?)
        .taking_in(Intake::asking(config.scanner()?));
    web::serve::serve(listener, router(app), stop).await;
    tell_supervisor(NotifyState::Stopping);
    Ok(Exit::Done)
}

/// Tells systemd how it is, where it is what started the program. It goes on without being told.
fn tell_supervisor(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "the supervisor could not be told how it is");
    }
}

/// Everything that is served: the pages for people, and beside them what programs ask.
fn router(app: App) -> Router {
    web::frame::frame(pages::screens().merge(api::routes()), app, |app, asked, problem| {
        let draw = if api::is_for_programs(&asked.path) { api::draw } else { pages::draw };
        draw(app, asked, problem)
    })
}

/// Ends when the program is asked to stop, by a person or by whatever supervises it. From when it is made on nobody's word is missed.
fn asked_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let listens = |kind| signal(kind).context("the program could not be asked to stop");
    let (mut interrupted, mut terminated) =
        (listens(SignalKind::interrupt())?, listens(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}
