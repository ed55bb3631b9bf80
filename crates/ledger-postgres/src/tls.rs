//! TLS to the database, in Rust: whoever answers is asked for a certificate, always, and believed for its name only.

use ledger::StoreError;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use std::path::Path;
use std::sync::Arc;
use tokio_postgres_rustls::MakeRustlsConnect;

/// What connects. `authority` is a file of certificates; without one, those are trusted that browsers trust.
///
/// # Errors
/// When the file cannot be read or holds no certificate.
pub(crate) fn connector(authority: Option<&Path>) -> Result<MakeRustlsConnect, StoreError> {
    let roots = match authority {
        Some(path) => read(path)?,
        None => webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect(),
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::Unavailable(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn read(path: &Path) -> Result<RootCertStore, StoreError> {
    let wrong =
        |reason: String| StoreError::NotThere(format!("the certificates in {}: {reason}", path.display()));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|error| wrong(error.to_string()))? {
        let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
        roots.add(certificate).map_err(|error| wrong(error.to_string()))?;
    }
    if roots.is_empty() { Err(wrong("there are none".to_owned())) } else { Ok(roots) }
}
