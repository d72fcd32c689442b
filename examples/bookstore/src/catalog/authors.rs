use drf::prelude::*;

use super::PAGES;
use crate::entities::author::{self, Role};
use crate::entities::book;

#[serializer(entity = author::Entity)]
pub struct AuthorSerializer {
    pub id: i64,
    #[field(source = role, display)]
    pub role_label: Role,
    pub username: String,
    pub email: Email,
    pub role: Role,
}

/// Reverse many-to-many shown by name and by slug.
#[serializer(entity = author::Entity)]
pub struct AuthorBooksSerializer {
    pub id: i64,
    pub username: String,
    pub books: Vec<StringRelated<book::Entity>>,
    #[field(source = books, slug_field = isbn, read_only)]
    pub isbns: Vec<SlugRelated<book::Entity>>,
}

#[model_viewset(
    serializer = AuthorSerializer,
    serializers(retrieve = AuthorBooksSerializer),
    pagination = PAGES,
    cascade(books),
)]
pub struct AuthorViewSet;
