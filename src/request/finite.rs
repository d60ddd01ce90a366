//! Finds numbers that are not finite in a result before JSON turns them into `null`.

use std::fmt;

use serde::{
    Serialize, Serializer,
    ser::{
        SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
        SerializeTupleStruct, SerializeTupleVariant,
    },
};

/// The places of NaN and of infinite numbers in a value, as dotted paths with positions from 0.
pub(super) fn not_finite<T: Serialize + ?Sized>(value: &T) -> Vec<String> {
    let mut walk = Walk { path: Vec::new(), found: Vec::new() };
    // The walk itself refuses nothing.
    let _ = value.serialize(&mut walk);
    walk.found
}

struct Walk {
    path: Vec<String>,
    found: Vec<String>,
}

impl Walk {
    fn below<T: Serialize + ?Sized>(&mut self, step: String, value: &T) -> Result<(), fmt::Error> {
        self.path.push(step);
        let done = value.serialize(&mut *self);
        self.path.pop();
        done
    }
}

/// A list or an object within the walk.
struct Within<'a> {
    walk: &'a mut Walk,
    position: usize,
    key: String,
}

impl<'a> Within<'a> {
    fn of(walk: &'a mut Walk) -> Result<Self, fmt::Error> {
        Ok(Within { walk, position: 0, key: String::new() })
    }

    fn next<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        self.position += 1;
        self.walk.below((self.position - 1).to_string(), value)
    }
}

macro_rules! nothing {
    ($($name:ident: $type:ty),* $(,)?) => { $(
        fn $name(self, _: $type) -> Result<(), fmt::Error> {
            Ok(())
        }
    )* };
}

impl<'a> Serializer for &'a mut Walk {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Within<'a>;
    type SerializeTuple = Within<'a>;
    type SerializeTupleStruct = Within<'a>;
    type SerializeTupleVariant = Within<'a>;
    type SerializeMap = Within<'a>;
    type SerializeStruct = Within<'a>;
    type SerializeStructVariant = Within<'a>;

    nothing! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_char: char,
        serialize_str: &str, serialize_bytes: &[u8], serialize_unit_struct: &'static str,
    }

    fn serialize_f32(self, value: f32) -> Result<(), fmt::Error> {
        self.serialize_f64(f64::from(value))
    }

    fn serialize_f64(self, value: f64) -> Result<(), fmt::Error> {
        if !value.is_finite() {
            self.found.push(self.path.join("."));
        }
        Ok(())
    }

    fn serialize_none(self) -> Result<(), fmt::Error> {
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), fmt::Error> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), fmt::Error> {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        self.below(variant.to_owned(), value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Within<'a>, fmt::Error> {
        Within::of(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Within<'a>, fmt::Error> {
        Within::of(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Within<'a>, fmt::Error> {
        Within::of(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Within<'a>, fmt::Error> {
        Within::of(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Within<'a>, fmt::Error> {
        Within::of(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Within<'a>, fmt::Error> {
        Within::of(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Within<'a>, fmt::Error> {
        Within::of(self)
    }
}

macro_rules! lists {
    ($($name:ident $method:ident),* $(,)?) => { $(
        impl $name for Within<'_> {
            type Ok = ();
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
                self.next(value)
            }

            fn end(self) -> Result<(), fmt::Error> {
                Ok(())
            }
        }
    )* };
}

lists! {
    SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

macro_rules! objects {
    ($($name:ident),* $(,)?) => { $(
        impl $name for Within<'_> {
            type Ok = ();
            type Error = fmt::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), fmt::Error> {
                self.walk.below(key.to_owned(), value)
            }

            fn end(self) -> Result<(), fmt::Error> {
                Ok(())
            }
        }
    )* };
}

objects! { SerializeStruct, SerializeStructVariant }

impl SerializeMap for Within<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), fmt::Error> {
        // Keys of results are texts or numbers; both write themselves as JSON.
        self.key = serde_json::to_string(key).map_err(|_| fmt::Error)?.trim_matches('"').to_owned();
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        let key = std::mem::take(&mut self.key);
        self.walk.below(key, value)
    }

    fn end(self) -> Result<(), fmt::Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_places_of_numbers_that_are_not_finite_are_named() {
        #[derive(Serialize)]
        struct Inner {
            a: Option<f64>,
            b: Vec<f64>,
        }
        #[derive(Serialize)]
        struct Outer {
            #[serde(flatten)]
            inner: Inner,
            map: BTreeMap<String, f64>,
        }
        let map = BTreeMap::from([("x".to_owned(), f64::NEG_INFINITY), ("y".to_owned(), 1.0)]);
        let value = Outer { inner: Inner { a: Some(f64::NAN), b: vec![0.0, f64::INFINITY] }, map };
        assert_eq!(not_finite(&value), ["a", "b.1", "map.x"]);
    }
}
