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

    /// Every name, for errors and to find a verb.
    pub(crate) const NAMES: [&'static str; 6] =
        ["list", "create", "retrieve", "update", "partial_update", "destroy"];

    /// DRF's name.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// Its marker in the runtime: `PartialUpdate`.
    pub(crate) fn type_name(self) -> String {
        format!("{self:?}")
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.name() == name)
    }

    /// Whether it is about one row.
    pub(crate) fn is_detail(self) -> bool {
        !matches!(self, Verb::List | Verb::Create)
    }

    /// Whether it changes nothing.
    pub(crate) fn is_read(self) -> bool {
        matches!(self, Verb::List | Verb::Retrieve)
    }

    /// Whether it shows or takes a row, which `destroy` does not.
    pub(crate) fn has_serializer(self) -> bool {
        self != Verb::Destroy
    }
}
