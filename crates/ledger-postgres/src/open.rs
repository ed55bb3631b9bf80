//! Making the tables, and recognising those that are there.

use crate::connection::Connections;
use crate::rows;
use crate::transaction::Transaction;
use crate::trouble::Trouble;
use crate::writer::LOCK;
use ledger::{Contents, StoreError};
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

/// The newest schema that this program knows.
const SCHEMA: u32 = 1;
/// Stands for the schema where the register has been moved elsewhere.
const SHUT: u32 = 0;

/// Makes the tables, in the schema that the connection's search path names first.
pub(crate) async fn create(transaction: &Transaction) -> Result<(), Trouble> {
    let made = transaction.batch_execute(include_str!("schema.sql")).await;
    made.map_err(|error| match error.code() {
        Some(&SqlState::DUPLICATE_TABLE | &SqlState::UNIQUE_VIOLATION) => {
            StoreError::NotThere("there is a register in this database already".to_owned()).into()
        }
        _ => error.into(),
    })
}

/// Recognises the tables.
pub(crate) async fn recognise(connections: &Connections) -> Result<(), Trouble> {
    let encoding = "select setting from pg_settings where name = 'server_encoding' and setting <> 'UTF8'";
    let connection = connections.get().await?;
    if let Some(row) = connection.query_typed_opt(encoding, &[]).await? {
        let found: String = row.try_get(0)?;
        return Err(
            StoreError::NotThere(format!("the database is kept in {found} and must be in UTF8")).into()
        );
    }
    match schema(&connection).await? {
        Some(SCHEMA) => Ok(()),
        Some(SHUT) => {
            Err(StoreError::NotThere("the register in this database has been moved".to_owned()).into())
        }
        Some(found) => Err(StoreError::NewerSchema { found, known: SCHEMA }.into()),
        None => Err(StoreError::NotThere("there is no register in this database".to_owned()).into()),
    }
}

/// Which schema the tables have, where there are any.
pub(crate) async fn schema(client: &Client) -> Result<Option<u32>, Trouble> {
    match client.query_typed_opt("select max(schema) from ledger", &[]).await {
        Ok(Some(row)) => Ok(Some(rows::small(&row, 0)?)),
        Ok(None) => Ok(None),
        Err(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Takes the row away that whoever appends must lock.
pub(crate) async fn shut(transaction: &Transaction, moved: &Contents) -> Result<(), Trouble> {
    let head = transaction.query_typed(LOCK, &[]).await?;
    for row in &head {
        for (column, there) in [(0, moved.register), (2, moved.access)] {
            let size = rows::number(row, column)?;
            if size != there.size {
                return Err(StoreError::Moved { size }.into());
            }
        }
    }
    transaction.batch_execute(&format!("delete from head; update ledger set schema = {SHUT}")).await?;
    Ok(())
}
