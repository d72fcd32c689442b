use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Item, Meta, parse_quote};

use crate::entry;

/// Expands the first attribute of an item that is one of ours, as the compiler would.
pub(super) fn expand(source: &str) -> TokenStream {
    let mut item: Item = syn::parse_str(source).expect("the source of a test is an item");
    let attributes = attributes(&mut item);
    if attributes[0].path().is_ident("derive") {
        return entry::choices(item.into_token_stream());
    }
    let attribute = attributes.remove(0);
    let name = attribute.path().segments.last().expect("a path has words").ident.to_string();
    let arguments = match attribute.meta {
        Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    };
    apply(&name, arguments, item.into_token_stream())
}

fn apply(name: &str, arguments: TokenStream, item: TokenStream) -> TokenStream {
    match name {
        "serializer" => entry::serializer(arguments, item),
        "model_viewset" => entry::model_viewset(arguments, item),
        "read_only_model_viewset" => entry::read_only_model_viewset(arguments, item),
        "actions" => entry::actions(arguments, item),
        "permission" => entry::policy("permission", arguments, item),
        other => panic!("no attribute is called `{other}`"),
    }
}

fn attributes(item: &mut Item) -> &mut Vec<Attribute> {
    match item {
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Impl(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        Item::Union(item) => &mut item.attrs,
        other => panic!("{:?} has no attributes here", other.to_token_stream().to_string()),
    }
}

/// The expansion as a person would format it.
pub(super) fn pretty(tokens: TokenStream) -> String {
    let items: syn::File = parse_quote!(#tokens);
    prettyplease::unparse(&items)
}

/// The texts of the errors in an expansion.
pub(super) fn errors(source: &str) -> Vec<String> {
    let file: syn::File = syn::parse2(expand(source)).expect("an expansion is a list of items");
    let texts = file.items.into_iter().filter_map(|item| match item {
        Item::Macro(item) => item.mac.parse_body::<syn::LitStr>().ok().map(|text| text.value()),
        _ => None,
    });
    texts.collect()
}
