//! One field of a result as JSON, without writing the others.
//!
//! A door that shows a single number of a result need not pay for the whole: the walk passes over the fields of a struct and
//! writes the one that is asked for, with the same digits as the whole JSON has.

use serde::{
    Serialize, Serializer,
    ser::{Impossible, SerializeStruct},
};

/// The JSON of the field of this name; `None` if the value is no struct or has no such field.
pub(super) fn field<T: Serialize + ?Sized>(value: &T, name: &str) -> Option<String> {
    value.serialize(Walk { name }).ok().flatten()
}

/// A walk over the fields of a struct.
struct Walk<'n> {
    name: &'n str,
}

/// The fields of a struct, and what was found among them.
struct Fields<'n> {
    name: &'n str,
    found: Option<String>,
}

type Found = Result<Option<String>, std::fmt::Error>;
type No = Impossible<Option<String>, std::fmt::Error>;

impl SerializeStruct for Fields<'_> {
    type Ok = Option<String>;
    type Error = std::fmt::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), std::fmt::Error> {
        if key == self.name {
            self.found = Some(serde_json::to_string(value).map_err(|_| std::fmt::Error)?);
        }
        Ok(())
    }

    fn end(self) -> Found {
        Ok(self.found)
    }
}

macro_rules! nothing {
    ($($name:ident: $type:ty),* $(,)?) => { $(
        fn $name(self, _: $type) -> Found {
            Ok(None)
        }
    )* };
}

impl<'n> Serializer for Walk<'n> {
    type Ok = Option<String>;
    type Error = std::fmt::Error;
    type SerializeSeq = No;
    type SerializeTuple = No;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = No;
    type SerializeMap = No;
    type SerializeStruct = Fields<'n>;
    type SerializeStructVariant = No;

    nothing! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_str: &str, serialize_bytes: &[u8],
        serialize_unit_struct: &'static str,
    }

    fn serialize_none(self) -> Found {
        Ok(None)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Found {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Found {
        Ok(None)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Found {
        Ok(None)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Found {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Found {
        Ok(None)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<No, std::fmt::Error> {
        Err(std::fmt::Error)
    }

    fn serialize_tuple(self, _: usize) -> Result<No, std::fmt::Error> {
        Err(std::fmt::Error)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<No, std::fmt::Error> {
        Err(std::fmt::Error)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<No, std::fmt::Error> {
        Err(std::fmt::Error)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<No, std::fmt::Error> {
        Err(std::fmt::Error)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'n>, std::fmt::Error> {
        Ok(Fields { name: self.name, found: None })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<No, std::fmt::Error> {
        Err(std::fmt::Error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Result {
        estimate: f64,
        limits: Option<(f64, f64)>,
        #[serde(skip_serializing_if = "Option::is_none")]
        absent: Option<u8>,
    }

    #[test]
    fn a_field_has_the_digits_of_the_whole() {
        let result = Result { estimate: 0.1 + 0.2, limits: Some((1.0, f64::NAN)), absent: None };
        assert_eq!(field(&result, "estimate").as_deref(), Some("0.30000000000000004"));
        assert_eq!(field(&Some(&result), "limits").as_deref(), Some("[1.0,null]"));
        assert_eq!(field(&result, "absent"), None);
        assert_eq!(field(&[result], "estimate"), None);
        assert_eq!(field("text", "estimate"), None);
    }
}
