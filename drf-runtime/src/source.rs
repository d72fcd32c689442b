//! Where a field reads its value: a column, a relation, a column behind relations.
//!
//! A path is resolved twice. The closures (`|model| &model.name`) are never called: they make the compiler check the
//! words and find the types. The names lead to the columns when the description is built.

use std::marker::PhantomData;

use sea_orm::entity::compound::{BelongsTo, BelongsToCardinality, HasMany, HasOne};
use sea_orm::{EntityTrait, Related};

use crate::db::ColumnPath;
use crate::entity::{Column, Entity, Relation};

/// A place that holds values of the type `S`: a column's type, [`ForeignKey`], or lists and options of these.
#[derive(Debug, Clone)]
pub struct Source<S> {
    pub(crate) path: ColumnPath,
    /// The relation itself, where it and not a column behind it was named
    pub(crate) relation: Option<Relation>,
    pub(crate) problem: Option<String>,
    kind: PhantomData<fn() -> S>,
}

/// What a field of type `T` reads, `Wanted`, which is the same type.
#[diagnostic::on_unimplemented(
    message = "a field of type `{T}` cannot show a column of type `{Self}`",
    label = "the column holds `{Self}`",
    note = "write the type of the column",
    note = "a relation to one row is a `PrimaryKeyRelated<other::Entity>`, to many a `Vec<PrimaryKeyRelated<other::Entity>>`",
    note = "a nested serializer is one of the entity that the relation leads to; a `SlugRelated<other::Entity, i64>` is by a column of `i64`"
)]
pub trait SourceOf<T, Wanted> {}

impl<T, Wanted> SourceOf<T, Wanted> for Wanted {}

/// The type of a source that is a relation to rows of `E`.
#[derive(Debug)]
pub struct ForeignKey<E>(PhantomData<fn() -> E>);

/// The fields of a model and its relations, as the type that has them all.
pub type ModelOf<E> = <E as EntityTrait>::ModelEx;

/// A word of a path with the type that the compiler found for it.
#[derive(Debug)]
pub struct Word<E, S>(PhantomData<fn(E) -> S>);

/// The first word of a path: `word::<Entity, _>(|model| &model.name)`.
pub fn word<E: EntityTrait, S>(_: fn(&ModelOf<E>) -> &S) -> Word<E, S> {
    Word(PhantomData)
}

/// A word that is a column. It takes a reference, so [`RelationWord`] goes before. (Were these functions of the types
/// themselves, the compiler would say about an unknown column that several of them apply.)
pub trait ColumnWord {
    /// What the column holds
    type Kind;

    /// The column with this name.
    fn named(self, name: &'static str) -> Source<Self::Kind>;
}

impl<E: EntityTrait, S> ColumnWord for &Word<E, S> {
    type Kind = S;

    fn named(self, name: &'static str) -> Source<S> {
        column(Entity::of::<E>(), Entity::column::<E>(name), name).of()
    }
}

/// A column of an entity; a problem if it has none of this name.
fn column(entity: &'static Entity, column: Option<&'static Column>, name: &'static str) -> Source<()> {
    let problem = column.is_none().then(|| format!("`{}` has no column `{name}`", entity.object_name));
    let column = column.unwrap_or(entity.primary_key());
    let path = ColumnPath { relations: Vec::new(), column, name: name.to_owned() };
    Source { path, relation: None, problem, kind: PhantomData }
}

/// A word that is a relation.
pub trait RelationWord {
    /// What is related
    type Kind;

    /// The relation with this name.
    fn named(self, name: &'static str) -> Source<Self::Kind>;
}

/// An `Option` where the foreign key may be NULL.
impl<E: EntityTrait + Related<C::Entity>, C: BelongsToCardinality> RelationWord for Word<E, BelongsTo<C>> {
    type Kind = C::Value<ForeignKey<C::Entity>>;

    fn named(self, name: &'static str) -> Source<Self::Kind> {
        relation::<E, C::Entity>(name).of()
    }
}

impl<E: EntityTrait + Related<R>, R: EntityTrait> RelationWord for Word<E, HasOne<R>> {
    type Kind = Option<ForeignKey<R>>;

    fn named(self, name: &'static str) -> Source<Self::Kind> {
        relation::<E, R>(name).of()
    }
}

impl<E: EntityTrait + Related<R>, R: EntityTrait> RelationWord for Word<E, HasMany<R>> {
    type Kind = Vec<ForeignKey<R>>;

    fn named(self, name: &'static str) -> Source<Self::Kind> {
        many_relation::<E, R>(name)
    }
}

/// An entity to which a relation of `E` leads: sea-orm's `Related`, the other way round.
#[diagnostic::on_unimplemented(
    message = "`{E}` has no relation to `{Self}`",
    label = "not a related entity",
    note = "implement `sea_orm::Related<{Self}>` for `{E}`"
)]
pub trait RelatedTo<E>: EntityTrait {
    /// The relation with this name.
    #[doc(hidden)]
    fn resolve(name: &'static str, many: bool) -> Source<()>;
}

#[diagnostic::do_not_recommend]
impl<E: EntityTrait + Related<R>, R: EntityTrait> RelatedTo<E> for R {
    fn resolve(name: &'static str, many: bool) -> Source<()> {
        resolve::<E, R>(name, many)
    }
}

/// A relation to one row of an entity: `relations(publisher = publisher::Entity)`.
pub fn relation<E: EntityTrait, R: RelatedTo<E>>(name: &'static str) -> Source<ForeignKey<R>> {
    R::resolve(name, false).of()
}

/// A relation to many rows of an entity: `relations(authors = [author::Entity])`.
pub fn many_relation<E: EntityTrait, R: RelatedTo<E>>(name: &'static str) -> Source<Vec<ForeignKey<R>>> {
    R::resolve(name, true).of()
}

fn resolve<E: EntityTrait + Related<R>, R: EntityTrait>(name: &'static str, many: bool) -> Source<()> {
    let entity = Entity::of::<E>();
    let target = Entity::of::<R>();
    match Relation::between::<E, R>(name, many) {
        Err(error) => {
            let path =
                ColumnPath { relations: Vec::new(), column: entity.primary_key(), name: name.to_owned() };
            Source { path, relation: None, problem: Some(error.to_string()), kind: PhantomData }
        }
        Ok(relation) => {
            let key =
                entity.column_named(&relation.from_column.to_string()).filter(|column| !column.primary_key);
            let (relations, column) = match key {
                Some(key) if relation.is_forward() => (Vec::new(), key),
                _ => (vec![relation.clone()], target.primary_key()),
            };
            let path = ColumnPath { relations, column, name: name.to_owned() };
            Source { path, relation: Some(relation), problem: None, kind: PhantomData }
        }
    }
}

impl<S> Source<S> {
    pub(crate) fn of<T>(self) -> Source<T> {
        Source { path: self.path, relation: self.relation, problem: self.problem, kind: PhantomData }
    }

    /// The relations of the path, the one it ends with among them.
    pub(crate) fn whole_path(&self) -> Vec<Relation> {
        let mut path = self.path.clone();
        self.relation.iter().for_each(|relation| path.end_with(relation));
        path.relations
    }

    fn step<T>(self, next: Source<T>) -> Source<T> {
        let mut relations = self.whole_path();
        relations.extend(next.path.relations);
        let name = format!("{}__{}", self.path.name, next.path.name);
        let path = ColumnPath { relations, column: next.path.column, name };
        Source { path, relation: next.relation, problem: self.problem.or(next.problem), kind: PhantomData }
    }
}

/// A relation, of which a path goes on: the type behind it.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` is no relation: there is nothing behind it",
    label = "not behind a relation",
    note = "write the column alone, or a relation before the `.`",
    note = "an entity in sea-orm's old format says its relations with `relations(..)`"
)]
pub trait Step {
    /// Where the relation leads
    type Entity: EntityTrait;
    /// What a source of type `S` becomes behind the relation
    type Behind<S>;
}

#[diagnostic::do_not_recommend]
impl<E: EntityTrait> Step for ForeignKey<E> {
    type Entity = E;
    type Behind<S> = S;
}

#[diagnostic::do_not_recommend]
impl<E: EntityTrait> Step for Option<ForeignKey<E>> {
    type Entity = E;
    type Behind<S> = Option<S>;
}

#[diagnostic::do_not_recommend]
impl<E: EntityTrait> Step for Vec<ForeignKey<E>> {
    type Entity = E;
    type Behind<S> = Vec<S>;
}

/// The first half of a further word: the word, checked against the entity that the relation leads to.
pub fn word_behind<K: Step, S>(_: &Source<K>, _: fn(&ModelOf<K::Entity>) -> &S) -> Word<K::Entity, S> {
    Word(PhantomData)
}

/// The second half: what the word was found to be.
pub fn behind<K: Step, S>(path: Source<K>, next: Source<S>) -> Source<K::Behind<S>> {
    path.step(next).of()
}
