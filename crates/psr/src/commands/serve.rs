//! `psr serve`.

use crate::backups::Keeper;
use crate::{Exit, config::Config, open};
use anyhow::Context;
use axum::Router;
use clap::Args;
use gazetteer::Gazetteer;
use intake::Intake;
use passkey::Site;
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
    if let Some(keeper) = Keeper::new(config)? {
        tokio::spawn(keeper.keep());
    }
    tracing::info!(address = %listener.local_addr()?, "serving");
    let settings = Settings { transport, brand: config.brand()? };
    let app = App::new(service, settings)
        .offering(Gazetteer::at(config.gazetteer()))
        .at(site)
        .keeping_backups(config.backup.as_ref().map(|backup| BackupsKept(backup.window_days)))
        .signing_in_by(config.council()?)
        .taking_in(Intake::asking(config.scanner()?));
    web::serve::serve(listener, router(app), asked_to_stop()).await;
    Ok(Exit::Done)
}

/// Everything that is served: the pages for people, and beside them what programs ask.
fn router(app: App) -> Router {
    web::frame::frame(pages::screens().merge(api::routes()), app, |app, asked, problem| {
        let draw = if api::is_for_programs(&asked.path) { api::draw } else { pages::draw };
        draw(app, asked, problem)
    })
}

/// Ends when the program is asked to stop, by a person or by whatever supervises it.
async fn asked_to_stop() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signals) => {
                signals.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
