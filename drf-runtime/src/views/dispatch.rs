//! The way of a request, as DRF's `APIView.dispatch` goes it. Read it first.

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http::header::WWW_AUTHENTICATE;
use http::{Method, StatusCode};
use tracing::{Instrument, Level};

use crate::authentication::{Auth, ForcedUser, User};
use crate::connect::{is_lost, is_unavailable, note_lost};
use crate::exceptions::{APIException, Detail, Error, Result};
use crate::fields::coercion;
use crate::negotiation::select_renderer;
use crate::permissions::AnyObject;
use crate::renderers::html_page;
use crate::request::Request;
use crate::response::Response;
use crate::serializers::rejection;
use crate::throttling::{Verdict, get_ident};
use crate::views::exception_handler::challenge;
use crate::views::finalize::finalize;
use crate::views::{Action, ExceptionContext, Policies, ResponseFuture};

/// The seconds after which a client may repeat a request that the database could not take.
const RETRY_AFTER: u64 = 5;

/// Responds to a request, in the span `drf.request` if there is a subscriber.
pub(crate) async fn dispatch(request: Box<Request>) -> http::Response<Body> {
    match tracing::enabled!(Level::DEBUG) {
        true => Box::pin(answer_in_span(request)).await,
        false => answer(request).await,
    }
}

async fn answer_in_span(request: Box<Request>) -> http::Response<Body> {
    let span = tracing::debug_span!(
        "drf.request",
        method = request.method().as_str(),
        path = request.uri().path(),
        view = request.view().description.name,
        action = request.action(),
        status = tracing::field::Empty,
    );
    let answer = answer(request).instrument(span.clone()).await;
    span.record("status", answer.status().as_u16());
    answer
}

/// Responds to a request, also where a policy of the user's panics: that is a logged 500, and the connection stays open.
async fn answer(mut request: Box<Request>) -> http::Response<Body> {
    let panic = {
        let mut response = pin!(answer_unless_panicking(&mut request));
        let poll = |context: &mut Context<'_>| {
            let poll = catch_unwind(AssertUnwindSafe(|| response.as_mut().poll(context)));
            poll.map_or_else(|panic| Poll::Ready(Err(panic)), |poll| poll.map(Ok))
        };
        match poll_fn(poll).await {
            Ok(response) => return response,
            Err(panic) => panic,
        }
    };
    server_error(&request, &panicked("a policy", panic))
}

async fn answer_unless_panicking(request: &mut Request) -> http::Response<Body> {
    let answer = run(request).await;
    request.finish_callbacks().await;
    let answer = match answer {
        Ok(response) => Ok(response),
        // boxed, so that the future of a request that goes well is small
        Err(error) => Box::pin(handle_exception(request, error)).await,
    };
    match answer {
        Ok(response) => finalize(request, response),
        Err(error) => server_error(request, &error),
    }
}

/// Runs the policies and the handler. The policies are run once more where the database has closed the connection that they
/// used.
async fn run(request: &mut Request) -> Result<Response> {
    if let Err(error) = initial(request).await {
        if !lost_connection(&error) {
            return Err(error);
        }
        Box::pin(initial(request)).await?;
    }
    match handle(request).await {
        // boxed, as above
        Err(error) => Box::pin(handle_again(request, error)).await,
        response => response,
    }
}

/// Returns whether the database had closed the connection that a statement was sent on. Then the others are checked too
/// before they are used.
fn lost_connection(error: &Error) -> bool {
    let lost = matches!(error, Error::Database(error) if is_lost(error));
    if lost {
        note_lost();
    }
    lost
}

/// Everything before the handler, in DRF's order.
async fn initial(request: &mut Request) -> Result<()> {
    if !request.app().knows_types() {
        // boxed, since most requests find them known
        Box::pin(look_up_types(request)).await;
    }
    request.parse_query()?;
    let accepted = select_renderer(request, &request.policies().renderers)?;
    request.accept(accepted);
    authenticate(request).await?;
    let policies = request.policies();
    check_permissions(request, policies).await?;
    check_throttles(request, policies).await
}

/// Looks up the types of the columns. Not every view needs a database; a statement that needs the types fails for the same
/// reason.
async fn look_up_types(request: &Request) {
    if let Err(error) = request.app().look_up_types().await {
        tracing::warn!(%error, "the types of the columns cannot be looked up");
    }
}

/// An authentication class, as a value of any type.
type Authenticator = Arc<dyn Any + Send + Sync>;

async fn authenticate(request: &mut Request) -> Result<()> {
    if let Some(forced) = request.extensions().get::<ForcedUser>().cloned() {
        request.log_in(forced.0.clone(), forced.1.clone(), Some(Arc::new(forced)));
    } else if let Some((user, auth, authenticator)) = find_user(request).await? {
        request.log_in(user, auth, Some(authenticator));
    }
    Ok(())
}

/// Returns the user that the first class authenticates, and that class.
async fn find_user(request: &Request) -> Result<Option<(User, Option<Auth>, Authenticator)>> {
    for class in &request.policies().authentication {
        if let Some((user, auth)) = class.inner.authenticate(request).await? {
            return Ok(Some((user, auth, class.inner.clone())));
        }
    }
    Ok(None)
}

async fn check_permissions(request: &Request, policies: &Policies) -> Result<()> {
    for permission in &policies.permission {
        if !permission.inner.has_permission(request).await? {
            return Err(permission_denied(request, permission.inner.message()));
        }
    }
    Ok(())
}

/// Returns whether the request would be let in, and for `PUT` whether it would find its row: for `OPTIONS`.
pub(crate) async fn check_access(request: &Request) -> Result<()> {
    check_permissions(request, request.policies()).await?;
    match request.view().description.get_object.filter(|_| request.method() == Method::PUT) {
        Some(get_object) => get_object(request).await.map(drop),
        None => Ok(()),
    }
}

/// Asks the permissions about an object. Every object that a handler gets has been asked about here.
pub(crate) fn check_object_permissions<'a>(
    request: &'a Request,
    object: &'a AnyObject,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        for permission in &request.policies().permission {
            if !permission.inner.has_object_permission(request, object).await? {
                return Err(permission_denied(request, permission.inner.message()));
            }
        }
        Ok(())
    })
}

/// 401 for who sent no credentials where some would be looked at, else 403.
fn permission_denied(request: &Request, message: Option<Detail>) -> Error {
    if !request.policies().authentication.is_empty() && !request.is_authenticated_by_class() {
        return APIException::not_authenticated().into();
    }
    match message {
        None => APIException::permission_denied().into(),
        Some(detail) => APIException::from_detail(StatusCode::FORBIDDEN, detail).into(),
    }
}

/// Every throttle is asked, also after one refused: each counts the request or not by itself.
async fn check_throttles(request: &Request, policies: &Policies) -> Result<()> {
    let mut refused = false;
    let mut wait = None;
    for throttle in &policies.throttle {
        if let Verdict::Throttled { wait: until } = throttle.inner.allow_request(request).await? {
            refused = true;
            wait = wait.max(until);
        }
    }
    let wait = wait.map(|wait| wait.as_secs_f64());
    if refused { Err(APIException::throttled(wait).into()) } else { Ok(()) }
}

/// Runs the handler once more where that may help: it has only read, and the database has closed the connection that it
/// used, such as by a restart; or the database has rolled a transaction back in favour of another one, and nothing outside of
/// the database knows of the first try.
async fn handle_again(request: &Request, error: Error) -> Result<Response> {
    if lost_connection(&error) && request.is_safe() {
        return handle(request).await;
    }
    if error.is_rollback() && request.may_be_repeated() {
        tracing::debug!(%error, "the handler runs again");
        request.forget_attempts(0);
        return handle(request).await;
    }
    Err(error)
}

async fn handle(request: &Request) -> Result<Response> {
    let view = &request.view().description;
    let action = request.resolver_match().action_index().map(|index| &view.actions[index]);
    let mut answer = match action {
        Some(action) if view.atomic && !request.is_safe() => Box::pin(in_transaction(request, action)),
        Some(action) => answer_of(request, action),
        None if request.method() == Method::OPTIONS => Box::pin(super::metadata::options(request)),
        None => return Err(APIException::method_not_allowed(request.method()).into()),
    };
    let bigints_as_text = request.settings().coerce_bigint_to_string;
    // A panic in a hook is a bug of the user's: it is logged, this request gets a 500, and the server goes on.
    poll_fn(|context| {
        let poll = || coercion::with_bigints_as_text(bigints_as_text, || answer.poll_unpin(context));
        catch_unwind(AssertUnwindSafe(poll))
            .unwrap_or_else(|panic| Poll::Ready(Err(panicked("a handler", panic))))
    })
    .await
}

fn panicked(what: &str, panic: Box<dyn Any + Send>) -> Error {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Error::internal(format!("{what} panicked: {}", text.unwrap_or("without a message")))
}

fn answer_of<'a>(request: &'a Request, action: &Action) -> ResponseFuture<'a> {
    if action.by_user {
        request.forbid_repetition();
    }
    (action.handler)(request)
}

/// Runs a handler in one transaction, which is rolled back with any error. Django's `ATOMIC_REQUESTS`.
async fn in_transaction(request: &Request, action: &Action) -> Result<Response> {
    let transaction = request.begin_transaction().await?;
    let response = answer_of(request, action).await?;
    transaction.commit().await?;
    Ok(response)
}

async fn handle_exception(request: &Request, error: Error) -> Result<Response> {
    let mut header = None;
    let error = match error {
        Error::Integrity(error) => match rejection(request, &error).await {
            Ok(Some(rejected)) => rejected.into(),
            Ok(None) => Error::Integrity(error),
            Err(other) => other,
        },
        other => other,
    };
    let error = match error {
        Error::Database(error) if is_unavailable(&error) => {
            tracing::error!(method = %request.method(), path = request.uri().path(), %error, "database unavailable");
            APIException::unavailable(RETRY_AFTER).into()
        }
        Error::Database(error) => APIException::of_load(&error).map_or(Error::Database(error), Error::Api),
        other => other,
    };
    let error = match error {
        Error::Api(exception) => {
            let first = request.policies().authentication.first();
            let (exception, found) =
                challenge(exception, first.and_then(|class| class.inner.authenticate_header(request)));
            header = found;
            log_rejection(request, &exception);
            Error::Api(exception)
        }
        other => other,
    };
    let handler = request.policies().exception_handler;
    let mut response = handler(&error, &ExceptionContext { request }).ok_or(error)?;
    if let Some(value) = header {
        response.headers.insert(WWW_AUTHENTICATE, value);
    }
    Ok(response)
}

/// Logs a failed log-in, a refusal or a throttled request, without credentials and query parameters.
fn log_rejection(request: &Request, exception: &APIException) {
    let rejected = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::TOO_MANY_REQUESTS];
    if !rejected.contains(&exception.status) {
        return;
    }
    tracing::warn!(
        target: "drf::security",
        status = exception.status.as_u16(),
        code = exception.code(),
        method = request.method().as_str(),
        path = request.uri().path(),
        user = request.user().username(),
        client = get_ident(request),
        "request rejected"
    );
}

/// Returns Django's 500 page, and logs the error: the client is told nothing about it.
fn server_error(request: &Request, error: &Error) -> http::Response<Body> {
    tracing::error!(method = %request.method(), path = request.uri().path(), %error, "request failed");
    html_page(StatusCode::INTERNAL_SERVER_ERROR, "Server Error (500)", "")
}
