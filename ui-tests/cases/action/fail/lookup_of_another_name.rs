use drf::prelude::*;

#[viewset(lookup_url_kwarg = "username")]
struct Users;

#[actions]
impl Users {
    #[action(detail)]
    async fn follow(_request: &Request, name: String) -> Result<Response> {
        Ok(Response::ok(name))
    }
}

fn main() {
    let _ = SimpleRouter::new().register::<Users>("users");
}
