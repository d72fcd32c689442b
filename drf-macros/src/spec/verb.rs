/// The actions of a `ModelViewSet`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verb {
    List,
    Create,
    Retrieve,
    Update,
    PartialUpdate,
    Destroy,
}

impl Verb {
    pub(crate) const ALL: [Verb; 6] =
        [Verb::List, Verb::Create, Verb::Retrieve, Verb::Update, Verb::PartialUpdate, Verb::Destroy];

    /// The names, for errors and to look a verb up.
    pub(crate) const NAMES: [&'static str; 6] =
        ["list", "create", "retrieve", "update", "partial_update", "destroy"];

    /// Returns DRF's name.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// Returns its marker in the runtime: `PartialUpdate`.
    pub(crate) fn type_name(self) -> String {
        format!("{self:?}")
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.name() == name)
    }

    /// Tells whether it is about one row.
    pub(crate) fn is_detail(self) -> bool {
        !matches!(self, Verb::List | Verb::Create)
    }

    /// Tells whether it changes nothing.
    pub(crate) fn is_read(self) -> bool {
        matches!(self, Verb::List | Verb::Retrieve)
    }

    /// Tells whether it serializes or reads a row, which `destroy` does not.
    pub(crate) fn has_serializer(self) -> bool {
        self != Verb::Destroy
    }
}
