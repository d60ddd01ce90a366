#!/bin/sh
# Makes the two subsets: FROM=/directory/of/Arimo sh subset.sh
set -e
U="U+0020-007E,U+00A0-017F,U+0180-024F,U+0259,U+02BC,U+02C6-02DD,U+0300-036F,U+0370-03FF,U+0400-052F,U+1E00-1EFF,U+2000-206F,U+2070-209C,U+20AC,U+2113,U+2116,U+2122,U+2126,U+2153-215E,U+2190-2195,U+2202,U+2206,U+220F,U+2211,U+2212,U+2215,U+2219,U+221A,U+221E,U+222B,U+2248,U+2260,U+2264,U+2265,U+25A0,U+25A1,U+25AA,U+25B2,U+25BA,U+25C6,U+25CA,U+25CB,U+25CF,U+FB01,U+FB02,U+FFFD"
cd "$(dirname "$0")"
for w in Regular Bold; do
pyftsubset "${FROM:?}"/Arimo-$w.ttf --unicodes="$U" --layout-features='ccmp,locl,mark,mkmk' --no-hinting --drop-tables+=kern --name-IDs='*' --notdef-outline --output-file=Arimo-$w-subset.ttf
done
