//! Calls with extreme values that the bytes of an input choose: what the fuzzer runs, and its inputs run again.

use super::families::FAMILIES;
use super::numbers::Random;
use super::watch::Judge;

/// One byte for the family, then the choices. Returns the family's place and the number of calls.
pub fn run(bytes: &[u8]) -> (usize, u64) {
    let Some((first, bytes)) = bytes.split_first() else { return (0, 0) };
    let place = usize::from(*first) % FAMILIES.len();
    let (family, mut judge) = (&FAMILIES[place], Judge::default());
    (family.one)(&mut Random::chosen(bytes), &mut judge);
    (place, judge.end(family.name))
}
