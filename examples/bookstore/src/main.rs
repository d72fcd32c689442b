//! The bookstore on the database that Django made.
//!
//! ```text
//! $ bookstore --db bookstore.sqlite3 --port 8000
//! $ bookstore --db postgres://postgres@127.0.0.1/bookstore --port 8000
//! $ curl http://127.0.0.1:8000/api/publishers/4/
//! {"id":4,"name":"Empty Press","address":"","create_time":"2024-01-05T08:00:00Z","update_time":"2024-01-05T08:00:00Z"}
//! $ curl 'http://127.0.0.1:8000/api/page/number/?page=99'
//! {"detail":"Invalid page."}
//! ```

use std::error::Error;

use mimalloc::MiMalloc;
use tokio::net::TcpListener;

/// After large bodies, the allocator of glibc keeps the memory; this one gives it back to the system.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let mut arguments = pico_args::Arguments::from_env();
    let database: String = arguments.value_from_str("--db")?;
    let port: u16 = arguments.value_from_str("--port")?;
    let app = bookstore::app(&database).await?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    drf::serve(listener, app).await?;
    Ok(())
}
