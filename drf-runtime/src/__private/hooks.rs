//! Hooks: one function for each, by which generated code calls the function of a user, and whose one bound says what is
//! expected and what was found. Not an interface.

use std::any::Any;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use sea_orm::{EntityTrait, ModelTrait, Select};

use crate::exceptions::Result;
use crate::fields::Field;
use crate::permissions::{Permission, PermissionClass};
use crate::request::Request;
use crate::response::Response;
use crate::serializers::{Context, Create, Destroy, ModelSerializer, Saved, Serializer, Update, Validated};
pub use crate::views::generics::get_object;
use crate::views::{Action, ResponseFuture};

/// The future of a hook.
pub type HookFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// The entity `E` itself. It goes by way of what `E` implements: where `E` is no entity the compiler says so once, where it
/// is named, and is silent about all uses of the type.
pub type Checked<E> = <<E as EntityTrait>::Model as ModelTrait>::Entity;

/// The serializer `S` itself, in the same way.
pub type CheckedSerializer<S> = <S as ModelSerializer>::Itself;

/// The serializer `S` itself, if it is one of rows of `E`.
pub type SerializerOf<S, E> = <<CheckedSerializer<S> as ModelSerializer>::Entity as SameEntity<E>>::Then<S>;

/// The same entity.
#[diagnostic::on_unimplemented(
    message = "a serializer of `{Self}` cannot be in a viewset of `{E}`",
    label = "a serializer of another entity",
    note = "all serializers of a viewset have the same `entity = ..`"
)]
pub trait SameEntity<E> {
    /// `S`
    type Then<S>;
}

impl<E> SameEntity<E> for E {
    type Then<S> = S;
}

/// A type that a field of a serializer can have, and itself again. Generated code goes by `Itself`: of a type that is no
/// field the compiler then says so once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a serializer",
    label = "not a field type",
    note = "use a type that implements `drf::fields::Field`, such as `String`, `i64`, `Decimal`, `bool`, `DateTimeUtc`, `Option<..>`",
    note = "an enum becomes one with `#[derive(Choices)]`, a relation is a `PrimaryKeyRelated<other::Entity>`",
    note = "a serializer becomes one with `#[field(nested)]`, a `StringRelated<other::Entity>` if `other::Model` is `Display`"
)]
pub trait IsField {
    /// The same type
    type Itself: Field;
}

#[diagnostic::do_not_recommend]
impl<T: Field> IsField for T {
    type Itself = T;
}

/// The serializers of a viewset: that of all actions, and those of single actions.
pub trait Serializes<A = ()> {
    /// The serializer
    type Serializer: ModelSerializer;
}

/// The names of actions, as types.
pub mod verb {
    /// `list`
    #[derive(Debug)]
    pub struct List;
    /// `create`
    #[derive(Debug)]
    pub struct Create;
    /// `retrieve`
    #[derive(Debug)]
    pub struct Retrieve;
    /// `update`
    #[derive(Debug)]
    pub struct Update;
    /// `partial_update`
    #[derive(Debug)]
    pub struct PartialUpdate;
}

/// `get_queryset = own_reviews`
#[diagnostic::on_unimplemented(
    message = "this function cannot be a `get_queryset` hook",
    label = "not a `get_queryset` hook",
    note = "expected `fn(&Request, Select<{E}>) -> Select<{E}>`",
    note = "found `{Self}`"
)]
pub trait GetQueryset<E: EntityTrait> {
    /// Returns the rows that the actions are about.
    fn call(self, request: &Request) -> Select<E>;
}

#[diagnostic::do_not_recommend]
impl<E: EntityTrait, H: FnOnce(&Request, Select<E>) -> Select<E>> GetQueryset<E> for H {
    fn call(self, request: &Request) -> Select<E> {
        self(request, E::find())
    }
}

/// Calls a `get_queryset` hook.
pub fn get_queryset<E: EntityTrait, H: GetQueryset<E>>(hook: H, request: &Request) -> Select<E> {
    hook.call(request)
}

/// The trait that the function of an `async` hook must have.
macro_rules! hook {
    (
        $(#[$doc:meta])* $trait:ident<$param:ident: $bound:ident>
        ($first:ident: $first_type:ty, $second:ident: $second_type:ty) -> $output:ty;
        $name:literal, $expected:literal
    ) => {
        $(#[$doc])*
        #[diagnostic::on_unimplemented(
            message = $name,
            label = "not an `async fn` with the expected signature",
            note = $expected,
            note = "found `{Self}`"
        )]
        pub trait $trait<'a, $param: $bound> {
            /// The future that it returns
            type Future: Future<Output = Result<$output>>;

            /// Calls it.
            fn call(self, $first: $first_type, $second: $second_type) -> Self::Future;
        }

        #[diagnostic::do_not_recommend]
        impl<'a, $param: $bound, H, F> $trait<'a, $param> for H
        where
            H: FnOnce($first_type, $second_type) -> F,
            F: Future<Output = Result<$output>>,
        {
            type Future = F;

            fn call(self, $first: $first_type, $second: $second_type) -> F {
                self($first, $second)
            }
        }
    };
}

hook! {
    /// `perform_create = set_owner`
    PerformCreate<S: ModelSerializer>(request: &'a Request, create: Create<'a, S>) -> Saved<S::Entity>;
    "this function cannot be a `perform_create` hook",
    "expected `async fn(&Request, Create<'_, {S}>) -> Result<Saved<..>>`"
}

hook! {
    /// `perform_update = stamp`
    PerformUpdate<S: ModelSerializer>(request: &'a Request, update: Update<'a, S>) -> Saved<S::Entity>;
    "this function cannot be a `perform_update` hook",
    "expected `async fn(&Request, Update<'_, {S}>) -> Result<Saved<..>>`"
}

hook! {
    /// `perform_destroy = archive`
    PerformDestroy<E: EntityTrait>(request: &'a Request, destroy: Destroy<'a, E>) -> ();
    "this function cannot be a `perform_destroy` hook",
    "expected `async fn(&Request, Destroy<'_, {E}>) -> Result<()>`"
}

hook! {
    /// `validate = prices_make_sense` of a serializer
    Validate<S: Serializer>(data: Validated<S>, context: &'a Context<'a, S>) -> Validated<S>;
    "this function cannot be the `validate` of a serializer",
    "expected `async fn(Validated<{S}>, &Context<'_, {S}>) -> Result<Validated<{S}>>`"
}

hook! {
    /// `list(validate = no_duplicates)` of a serializer
    ValidateList<S: Serializer>(data: Vec<Validated<S>>, request: &'a Request) -> Vec<Validated<S>>;
    "this function cannot be the `validate` of a list",
    "expected `async fn(Vec<Validated<{S}>>, &Request) -> Result<Vec<Validated<{S}>>>`"
}

/// `create = create_user`, `update = update_user` of a serializer
macro_rules! save_hook {
    ($(#[$doc:meta])* $trait:ident($save:ident); $name:literal, $expected:literal) => {
        $(#[$doc])*
        #[diagnostic::on_unimplemented(
            message = $name,
            label = "not an `async fn` with the expected signature",
            note = $expected,
            note = "found `{Self}`"
        )]
        pub trait $trait<'a, S: ModelSerializer> {
            /// The future that it returns
            type Future: Future<Output = Result<Saved<S::Entity>>>;

            /// Calls it.
            fn call(self, save: $save<'a, S>) -> Self::Future;
        }

        #[diagnostic::do_not_recommend]
        impl<'a, S: ModelSerializer, H, F> $trait<'a, S> for H
        where
            H: FnOnce($save<'a, S>) -> F,
            F: Future<Output = Result<Saved<S::Entity>>>,
        {
            type Future = F;

            fn call(self, save: $save<'a, S>) -> F {
                self(save)
            }
        }
    };
}

save_hook! {
    /// `create = create_user`
    SaveCreate(Create);
    "this function cannot be the `create` of a serializer",
    "expected `async fn(Create<'_, {S}>) -> Result<Saved<..>>`"
}

save_hook! {
    /// `update = update_user`
    SaveUpdate(Update);
    "this function cannot be the `update` of a serializer",
    "expected `async fn(Update<'_, {S}>) -> Result<Saved<..>>`"
}

// Outside of the macro, since the compiler prints them where a function is none of these.

/// Calls a `perform_create` hook.
pub fn perform_create<'a, S: ModelSerializer, H: PerformCreate<'a, S, Future: Send + 'a>>(
    hook: H,
    request: &'a Request,
    create: Create<'a, S>,
) -> HookFuture<'a, Saved<S::Entity>> {
    request.forbid_repetition();
    Box::pin(hook.call(request, create))
}

/// Calls a `perform_update` hook.
pub fn perform_update<'a, S: ModelSerializer, H: PerformUpdate<'a, S, Future: Send + 'a>>(
    hook: H,
    request: &'a Request,
    update: Update<'a, S>,
) -> HookFuture<'a, Saved<S::Entity>> {
    request.forbid_repetition();
    Box::pin(hook.call(request, update))
}

/// Calls a `perform_destroy` hook.
pub fn perform_destroy<'a, E: EntityTrait, H: PerformDestroy<'a, E, Future: Send + 'a>>(
    hook: H,
    request: &'a Request,
    destroy: Destroy<'a, E>,
) -> HookFuture<'a, ()> {
    request.forbid_repetition();
    Box::pin(hook.call(request, destroy))
}

/// Calls the `validate` of a serializer.
pub fn validate<'a, S: Serializer, H: Validate<'a, S, Future: Send + 'a>>(
    hook: H,
    data: Validated<S>,
    context: &'a Context<'a, S>,
) -> HookFuture<'a, Validated<S>> {
    context.request.forbid_repetition();
    Box::pin(hook.call(data, context))
}

/// Calls the `list(validate = ..)` of a serializer.
pub fn validate_list<'a, S: Serializer, H: ValidateList<'a, S, Future: Send + 'a>>(
    hook: H,
    data: Vec<Validated<S>>,
    request: &'a Request,
) -> HookFuture<'a, Vec<Validated<S>>> {
    request.forbid_repetition();
    Box::pin(hook.call(data, request))
}

/// Calls the `create` of a serializer.
pub fn create<'a, S: ModelSerializer, H: SaveCreate<'a, S, Future: Send + 'a>>(
    hook: H,
    create: Create<'a, S>,
) -> HookFuture<'a, Saved<S::Entity>> {
    create.request.forbid_repetition();
    Box::pin(hook.call(create))
}

/// Calls the `update` of a serializer.
pub fn update<'a, S: ModelSerializer, H: SaveUpdate<'a, S, Future: Send + 'a>>(
    hook: H,
    update: Update<'a, S>,
) -> HookFuture<'a, Saved<S::Entity>> {
    update.request.forbid_repetition();
    Box::pin(hook.call(update))
}

/// The future of a row as its model.
pub type ModelFuture<'a, E> = HookFuture<'a, <E as EntityTrait>::Model>;

/// One row.
pub type Row<E> = Result<<E as EntityTrait>::Model>;

/// The type of the rows.
pub type ModelType<E> = PhantomData<<E as EntityTrait>::Model>;

/// Returns the type of the rows.
pub fn model_type<M>() -> PhantomData<M> {
    PhantomData
}

/// Returns whether two names are the same, for checks by the compiler.
pub const fn same_name(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut index = 0;
    while index < left.len() && index < right.len() && left[index] == right[index] {
        index += 1;
    }
    index == left.len() && index == right.len()
}

/// Returns a permission that judges rows of the model `M`.
pub fn permission<P: Permission<M>, M: Any + Send + Sync>(
    _: PhantomData<M>,
    permission: P,
) -> PermissionClass {
    PermissionClass::new::<P, M>(permission)
}

/// The actions of an `impl` with `#[actions]`. A viewset has one at most.
pub trait Actions {
    /// Returns the table of the further actions.
    fn actions() -> Vec<Action>;
}

/// The further actions of the viewset `V`, if it has any.
#[derive(Debug)]
pub struct ActionsOf<V>(PhantomData<V>);

impl<V> ActionsOf<V> {
    /// Of the viewset `V`.
    pub fn viewset() -> Self {
        Self(PhantomData)
    }
}

impl<V: Actions> ActionsOf<V> {
    /// They go before [`NoActions`].
    pub fn all(&self) -> Vec<Action> {
        V::actions()
    }
}

/// A viewset without `#[actions]` has none.
pub trait NoActions {
    /// None.
    fn all(&self) -> Vec<Action>;
}

impl<V> NoActions for ActionsOf<V> {
    fn all(&self) -> Vec<Action> {
        Vec::new()
    }
}

/// Returns a table of further actions.
pub fn actions<const N: usize>(actions: [Action; N]) -> Vec<Action> {
    actions.map(Action::by_user).into()
}

/// Returns whether there is a row that the request may touch, as a response: what `OPTIONS` asks.
pub fn found<'a, M>(object: impl Future<Output = Result<M>> + Send + 'a) -> ResponseFuture<'a> {
    Box::pin(async { object.await.map(|_| Response::no_content()) })
}
