//! Making the tables, and recognising those that are there.

use crate::connection::Connections;
use crate::rows;
use crate::transaction::Transaction;
use crate::trouble::Trouble;
use ledger::StoreError;
use tokio_postgres::error::SqlState;

/// The newest schema that this program knows.
const SCHEMA: u32 = 1;

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
    let schema = connection.query_typed_opt("select max(schema) from ledger", &[]).await;
    let found = match schema {
        Ok(Some(row)) => rows::small(&row, 0)?,
        Ok(None) => 0,
        Err(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE) => {
            return Err(StoreError::NotThere("there is no register in this database".to_owned()).into());
        }
        Err(error) => return Err(error.into()),
    };
    match found {
        SCHEMA => Ok(()),
        newer if newer > SCHEMA => Err(StoreError::NewerSchema { found, known: SCHEMA }.into()),
        _ => Err(StoreError::NotThere("this database does not hold a register".to_owned()).into()),
    }
}
