//! Names of elements and attributes, as numbers.
//!
//! Only names that mean something to the parser or to a reader of the tree have a number of their
//! own; all other elements are [`Tag::Other`], all other attributes are dropped.

/// Longest name that has a number, in bytes.
const NAME_BYTES_MAX: usize = 16;

macro_rules! names {
    ($(#[$about:meta])* $kind:ident { $($variant:ident = $name:literal),* $(,)? } $($rest:ident),*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub(crate) enum $kind { $($variant,)* $($rest,)* }

        impl $kind {
            fn of_lower(name: &[u8]) -> Option<$kind> {
                match name {
                    $($name => Some($kind::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

names! {
    /// Name of an element; text and the document count as elements here.
    Tag {
        A = b"a", Abbr = b"abbr", Acronym = b"acronym", Address = b"address", Applet = b"applet",
        Area = b"area", Article = b"article", Aside = b"aside", Audio = b"audio", B = b"b",
        Base = b"base", Basefont = b"basefont", Bdi = b"bdi", Bdo = b"bdo", Bgsound = b"bgsound",
        Big = b"big", Blockquote = b"blockquote", Body = b"body", Br = b"br", Button = b"button",
        Canvas = b"canvas", Caption = b"caption", Center = b"center", Cite = b"cite", Code = b"code",
        Col = b"col", Colgroup = b"colgroup", Data = b"data", Datalist = b"datalist", Dd = b"dd",
        Del = b"del", Desc = b"desc", Details = b"details", Dfn = b"dfn", Dialog = b"dialog",
        Dir = b"dir", Div = b"div", Dl = b"dl", Dt = b"dt", Em = b"em", Embed = b"embed",
        Fieldset = b"fieldset", Figcaption = b"figcaption", Figure = b"figure", Font = b"font",
        Footer = b"footer", ForeignObject = b"foreignobject", Form = b"form", Frame = b"frame",
        Frameset = b"frameset", H1 = b"h1", H2 = b"h2", H3 = b"h3", H4 = b"h4", H5 = b"h5", H6 = b"h6",
        Head = b"head", Header = b"header", Hgroup = b"hgroup", Hr = b"hr", Html = b"html", I = b"i",
        Iframe = b"iframe", Image = b"image", Img = b"img", Input = b"input", Ins = b"ins",
        Kbd = b"kbd", Keygen = b"keygen", Label = b"label", Li = b"li", Link = b"link",
        Listing = b"listing", Main = b"main", Mark = b"mark", Marquee = b"marquee", Math = b"math",
        Menu = b"menu", Meta = b"meta", Nav = b"nav", Nobr = b"nobr", Noembed = b"noembed",
        Noframes = b"noframes", Noscript = b"noscript", Object = b"object", Ol = b"ol",
        Optgroup = b"optgroup", Option = b"option", P = b"p", Param = b"param",
        Plaintext = b"plaintext", Pre = b"pre", Q = b"q", Rp = b"rp", Rt = b"rt", Ruby = b"ruby",
        S = b"s", Samp = b"samp", Script = b"script", Search = b"search", Section = b"section",
        Select = b"select", Small = b"small", Source = b"source", Span = b"span", Strike = b"strike",
        Strong = b"strong", Style = b"style", Sub = b"sub", Summary = b"summary", Sup = b"sup",
        Svg = b"svg", Table = b"table", Tbody = b"tbody", Td = b"td", Template = b"template",
        Textarea = b"textarea", Tfoot = b"tfoot", Th = b"th", Thead = b"thead", Time = b"time",
        Title = b"title", Tr = b"tr", Track = b"track", Tt = b"tt", U = b"u", Ul = b"ul", Var = b"var",
        Video = b"video", Wbr = b"wbr", Xmp = b"xmp",
    }
    Other, Text, Document
}

names! {
    /// Name of an attribute.
    Attribute {
        AriaHidden = b"aria-hidden", Class = b"class", Component = b"data-component",
        Content = b"content", DateTime = b"datetime", Hidden = b"hidden", Href = b"href",
        HttpEquiv = b"http-equiv", Id = b"id", ItemProp = b"itemprop", Lang = b"lang", Name = b"name",
        Property = b"property", Rel = b"rel", Role = b"role", Style = b"style",
        TestId = b"data-testid", Title = b"title", Type = b"type", XmlLang = b"xml:lang",
    }
}

/// Number of [`Tag`]s.
pub(crate) const TAGS: usize = Tag::Document as usize + 1;

impl Tag {
    /// The tag of a name in any case.
    pub(crate) fn of(name: &str) -> Tag {
        lower(name, Tag::of_lower).unwrap_or(Tag::Other)
    }

    /// Whether it has no content and no end.
    pub(crate) fn is_void(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Area | Base
                | Basefont
                | Bgsound
                | Br
                | Col
                | Embed
                | Frame
                | Hr
                | Image
                | Img
                | Input
                | Keygen
                | Link
                | Meta
                | Param
                | Source
                | Track
                | Wbr
        )
    }

    /// Whether its content is text up to its end tag, whatever stands in it.
    pub(crate) fn is_raw(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Iframe | Noembed | Noframes | Noscript | Script | Style | Textarea | Title | Xmp
        )
    }

    /// Whether it is a heading.
    pub(crate) fn is_heading(self) -> bool {
        self.heading_level().is_some()
    }

    /// The level of a heading, from 1.
    pub(crate) fn heading_level(self) -> Option<u8> {
        let level = (self as u8).wrapping_sub(Tag::H1 as u8);
        (level < 6).then_some(level + 1)
    }

    /// Whether it runs inside a line.
    pub(crate) fn is_inline(self) -> bool {
        use Tag::*;
        self.is_formatting()
            || matches!(
                self,
                Abbr | Acronym
                    | Bdi
                    | Bdo
                    | Cite
                    | Data
                    | Del
                    | Dfn
                    | Img
                    | Ins
                    | Kbd
                    | Label
                    | Mark
                    | Q
                    | Rp
                    | Rt
                    | Ruby
                    | Samp
                    | Span
                    | Sub
                    | Sup
                    | Time
                    | Var
                    | Wbr
            )
    }

    /// Whether it says how text looks, and may overlap with other elements.
    pub(crate) fn is_formatting(self) -> bool {
        use Tag::*;
        matches!(
            self,
            A | B | Big | Code | Em | Font | I | Nobr | S | Small | Strike | Strong | Tt | U
        )
    }
}

impl Attribute {
    /// The attribute of a name in any case.
    pub(crate) fn of(name: &str) -> Option<Attribute> {
        lower(name, Attribute::of_lower)
    }
}

/// Looks up the lower case of a name.
fn lower<T>(name: &str, look_up: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
    let mut buffer = [0; NAME_BYTES_MAX];
    let lower = buffer.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    look_up(lower)
}

#[cfg(test)]
mod tests {
    use super::{Attribute, Tag};

    #[test]
    fn names_are_found_in_any_case() {
        assert_eq!(Tag::of("BLOCKQUOTE"), Tag::Blockquote);
        assert_eq!(Tag::of("foreignObject"), Tag::ForeignObject);
        assert_eq!(Tag::of("my-card"), Tag::Other);
        assert_eq!(Tag::of("a-name-that-is-far-too-long"), Tag::Other);
        assert_eq!(Attribute::of("itemProp"), Some(Attribute::ItemProp));
        assert_eq!(Attribute::of("onclick"), None);
        assert_eq!(Tag::H6.heading_level(), Some(6));
        assert_eq!(Tag::Head.heading_level(), None);
    }
}
