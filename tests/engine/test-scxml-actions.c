/* test-scxml-actions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Executable content of machines of SCXML: sections 4 and 5.9 of the recommendation. */

#include "engine/scxml-bed.h"

#define ERROR "error.execution"

static const ScxmlCase if_cases[] = {
  { "first-that-holds", "b | d | end",
    DO ("<data id='n' expr='2'/>",
        "<if cond='n == 1'>" LOG ("`a`") "<elseif cond='n == 2'/>" LOG ("`b`") "<elseif cond='n &lt; 5'/>" LOG ("`c`")
        "<else/>" LOG ("`x`") "</if>"
        "<if cond='false'>" LOG ("`x`") "<else/>" LOG ("`d`") "</if><if cond='n == 3'>" LOG ("`x`") "</if>" LOG ("`end`")) },
  { "truth", "[\"s\",\"n\",\"a\",\"o\"]",
    DO ("<data id='r' expr='[]'/>",
        "<if cond='\"false\"'><assign location='r[r.length]' expr='\"s\"'/></if>"
        "<if cond='0'><assign location='r[r.length]' expr='\"z\"'/><else/><assign location='r[r.length]' expr='\"n\"'/></if>"
        "<if cond='[]'><assign location='r[r.length]' expr='\"a\"'/></if>"
        "<if cond='\"\"'><assign location='r[r.length]' expr='\"e\"'/></if>"
        "<if cond='undefined'><assign location='r[r.length]' expr='\"u\"'/></if>"
        "<if cond='NaN'><assign location='r[r.length]' expr='\"N\"'/></if>"
        "<if cond='({})'><assign location='r[r.length]' expr='\"o\"'/></if>" LOG ("r")) },
  /* "If a conditional expression cannot be evaluated as a boolean value … or if its
   * evaluation causes an error, the SCXML Processor MUST treat the expression as if it
   * evaluated to 'false' and MUST place the error 'error.execution' in the internal
   * event queue" (5.9.1): the cond of <if> and <elseif>, too. */
  { "error-is-false", "else | after | " ERROR,
    DO ("", "<if cond='nothing.there'>" LOG ("`then`") "<else/>" LOG ("`else`") "</if>" LOG ("`after`")) },
  { "nonsense-is-false", "after | " ERROR,
    DO ("", "<if cond='1 +'>" LOG ("`then`") "</if>" LOG ("`after`")) },
  { "error-of-elseif", "third | after | " ERROR " | " ERROR,
    DO ("", "<if cond='a'>" LOG ("`1`") "<elseif cond='b'/>" LOG ("`2`") "<elseif cond='true'/>" LOG ("`third`") "<else/>" LOG ("`4`") "</if>" LOG ("`after`")) },
  { "error-in-a-loop", "1 | 3 | after | " ERROR,
    DO ("<data id='a' expr='[1, 2, 3]'/>",
        "<foreach array='a' item='i'><if cond='i == 2 ? nothing : true'>" LOG ("i") "</if></foreach>" LOG ("`after`")) },
  { "error-within", "1 | " ERROR,
    DO ("", "<if cond='true'>" LOG ("`1`") "<script>throw 1</script>" LOG ("`2`") "</if>" LOG ("`3`")) },
};

static const ScxmlCase cond_cases[] = {
  { "error-is-false", "next | " ERROR,
    SCXML ("<state id='s'>" ON_ENTRY ("<raise event='e'/>")
           "<transition event='e' cond='nothing.there' target='t'/>"
           "<transition event='e'>" LOG ("`next`") "</transition>" TELL "</state><state id='t'/>") },
  { "eventless", ERROR,
    SCXML ("<state id='s'><transition cond='_event.name.length == 0 &amp;&amp; nothing' target='t'/>"
           "<transition event='error.execution' target='u'>" LOG ("_event.name") "</transition></state>"
           "<state id='t'/><state id='u'/>") },
  { "in", "true | false | true | s11",
    SCXML ("<state id='s'><state id='s1'><state id='s11'>"
           ON_ENTRY (LOG ("In (\"s\")") LOG ("In (\"t\")") LOG ("In (\"s1\") &amp;&amp; !In (\"nobody\")"))
           "<transition cond='In (\"s11\")' target='t'>" LOG ("`s11`") "</transition></state></state></state><state id='t'/>") },
  /* What a condition does to variables is none of the machine's. */
  { "changes-nothing", "1 | 1",
    SCXML ("<datamodel><data id='n' expr='1'/></datamodel><state id='s'>" ON_ENTRY (LOG ("n"))
           "<transition cond='++n' target='t'/></state><state id='t'>" ON_ENTRY (LOG ("n")) "</state>") },
  { "of-event", "7",
    SCXML ("<datamodel><data id='n' expr='7'/></datamodel><state id='s'>" ON_ENTRY ("<send event='e' namelist='n'/>")
           "<transition event='e' cond='_event.data.n &lt; 7'>" LOG ("`x`") "</transition>"
           "<transition event='e' cond='_event.data.n == 7'>" LOG ("_event.data.n") "</transition></state>") },
};

static const ScxmlCase foreach_cases[] = {
  { "items", "[0,10] | [1,20] | [2,30] | [2,30]",
    DO ("<data id='a' expr='[10, 20, 30]'/>",
        "<foreach array='a' item='x' index='i'>" LOG ("[i, x]") "</foreach>" LOG ("[i, x]")) },
  { "without-index", "ab", DO ("<data id='r' expr='\"\"'/>",
        "<foreach array='[\"a\", \"b\"]' item='x'><assign location='r' expr='r + x'/></foreach>" LOG ("r")) },
  { "declared-before", "[5,5] | [\"b\",1]",
    DO ("<data id='x' expr='5'/><data id='i' expr='5'/>",
        LOG ("[x, i]") "<foreach array='[\"a\", \"b\"]' item='x' index='i'/>" LOG ("[x, i]")) },
  { "nested", "[1,3] | [1,4] | [2,3] | [2,4]",
    DO ("<data id='a' expr='[1, 2]'/><data id='b' expr='[3, 4]'/>",
        "<foreach array='a' item='x'><foreach array='b' item='y'>" LOG ("[x, y]") "</foreach></foreach>") },
  { "nested-items", "1 | 2 | 3",
    DO ("<data id='a' expr='[[1, 2], [], [3]]'/>",
        "<foreach array='a' item='x'><foreach array='x' item='y'>" LOG ("y") "</foreach></foreach>") },
  /* "act as if it has made a shallow copy … modifications to the collection … MUST NOT
   * affect the iteration behavior" (4.6) */
  { "changed-within", "[1,1] | [2,2] | [3,3] | 6",
    DO ("<data id='a' expr='[1, 2, 3]'/>",
        "<foreach array='a' item='x'><assign location='a[a.length]' expr='0'/><assign location='a[1]' expr='2'/>"
        LOG ("[x, x]") "</foreach>" LOG ("a.length")) },
  { "emptied-within", "1 | 2",
    DO ("<data id='a' expr='[1, 2]'/>", "<foreach array='a' item='x'><assign location='a' expr='null'/>" LOG ("x") "</foreach>") },
  { "item-changed-within", "[10,20] | [1,2]",
    DO ("<data id='a' expr='[1, 2]'/><data id='r' expr='[]'/>",
        "<foreach array='a' item='x'><assign location='x' expr='x * 10'/><assign location='r[r.length]' expr='x'/></foreach>"
        LOG ("r") LOG ("a")) },
  { "holes", "[0,1] | [1,null] | [2,3]",
    DO ("<data id='a' expr='[1, , 3]'/>", "<foreach array='a' item='x' index='i'>" LOG ("[i, x === undefined ? null : x]") "</foreach>") },
  { "nothing", "after", DO ("<data id='a' expr='[]'/>", "<foreach array='a' item='x'>" LOG ("x") "</foreach>" LOG ("`after`")) },
  /* "declare a new variable if the one specified by 'item' is not already defined" */
  { "nothing-but-declared", "undefined | true",
    DO ("<data id='a' expr='[]'/>", "<foreach array='a' item='x'/>" LOG ("typeof x") LOG ("(function () { try { x; return true } catch (e) { return false } }) ()")) },
  /* "If 'array' does not evaluate to a legal iterable collection, or if 'item' does not
   * specify a legal variable name, the SCXML Processor MUST terminate execution of the
   * <foreach> element and the block that contains it, and place the error …" */
  { "no-array", "0 | " ERROR " | " ERROR " | " ERROR " | " ERROR " | " ERROR,
    SCXML ("<datamodel><data id='n' expr='0'/></datamodel><state id='s'>"
           ON_ENTRY ("<foreach array='5' item='x'><assign location='n' expr='1'/></foreach><assign location='n' expr='2'/>")
           ON_ENTRY ("<foreach array='null' item='x'><assign location='n' expr='1'/></foreach><assign location='n' expr='2'/>")
           ON_ENTRY ("<foreach array='nothing' item='x'><assign location='n' expr='1'/></foreach><assign location='n' expr='2'/>")
           ON_ENTRY ("<foreach array='undefined' item='x'><assign location='n' expr='1'/></foreach><assign location='n' expr='2'/>")
           ON_ENTRY ("<foreach array='1 +' item='x'><assign location='n' expr='1'/></foreach><assign location='n' expr='2'/>")
           ON_ENTRY (LOG ("n")) TELL "</state>") },
  { "no-name", "0 | " ERROR " | " ERROR " | " ERROR " | " ERROR,
    SCXML ("<datamodel><data id='n' expr='0'/></datamodel><state id='s'>"
           ON_ENTRY ("<foreach array='[1]' item='continue'><assign location='n' expr='1'/></foreach><assign location='n' expr='2'/>")
           ON_ENTRY ("<foreach array='[1]' item='1x'><assign location='n' expr='1'/></foreach><assign location='n' expr='2'/>")
           ON_ENTRY ("<foreach array='[1]' item='_event'><assign location='n' expr='1'/></foreach><assign location='n' expr='2'/>")
           ON_ENTRY ("<foreach array='[1]' item='x' index='1 2'><assign location='n' expr='1'/></foreach><assign location='n' expr='2'/>")
           ON_ENTRY (LOG ("n")) TELL "</state>") },
  { "no-name-and-nothing", "0 | " ERROR,
    SCXML ("<datamodel><data id='n' expr='0'/></datamodel><state id='s'>"
           ON_ENTRY ("<foreach array='[]' item='continue'/><assign location='n' expr='2'/>")
           ON_ENTRY (LOG ("n")) TELL "</state>") },
  /* "the Processor MUST cease execution of the <foreach> element and the block that contains it" */
  { "error-within", "1 | 5 | [2,1] | " ERROR,
    SCXML ("<state id='s'>"
           ON_ENTRY ("<foreach array='[1, 2, 3]' item='x' index='i'><if cond='x == 2'><script>throw 1</script></if>" LOG ("x") "</foreach>" LOG ("`no`"))
           ON_ENTRY (LOG ("5") LOG ("[x, i]")) TELL "</state>") },
  { "error-in-nested", "[1,1] | end | " ERROR,
    SCXML ("<state id='s'>"
           ON_ENTRY ("<foreach array='[1, 2]' item='x'><foreach array='[1, 2]' item='y'><if cond='y == 2'><assign location='nope' expr='1'/></if>" LOG ("[x, y]") "</foreach></foreach>" LOG ("`no`"))
           ON_ENTRY (LOG ("`end`")) TELL "</state>") },
  { "sends-within", "e0 | e1 | e2",
    DO ("", "<foreach array='[2, 1, 0]' item='x'><send eventexpr='\"e\" + x' delayexpr='x + 1 + \"s\"'/></foreach>") },
  { "raises-within", "e | e | e", DO ("", "<foreach array='[1, 2, 3]' item='x'><raise event='e'/></foreach>") },
};

static const ScxmlCase script_cases[] = {
  { "changes", "[2,{\"k\":1},\"undefined\"]",
    DO ("<data id='a' expr='1'/><data id='b' expr='3'/>", "<script>a++; o = { k: 1 }; b = undefined</script>" LOG ("[a, o, typeof b]")) },
  { "in", "true", DO ("<data id='a'/>", "<script>a = In ('s')</script>" LOG ("a")) },
  { "event", "[\"e\",\"internal\"]",
    SCXML ("<datamodel><data id='a'/></datamodel><state id='s'>" ON_ENTRY ("<raise event='e'/>")
           "<transition event='e'><script>a = [_event.name, _event.type]</script>" LOG ("a") "</transition></state>") },
  { "fails", "1 | " ERROR, SCXML ("<datamodel><data id='a' expr='1'/></datamodel><state id='s'>"
           ON_ENTRY ("<script>a = 2; throw new Error ('no')</script>" LOG ("`x`")) ON_ENTRY (LOG ("a")) TELL "</state>") },
  { "empty", "1", DO ("", "<script/><script>  </script><script>/* nothing */</script>" LOG ("1")) },
  /* As an alias it goes on for this script, and no longer: variables are values. */
  { "closures", "6 | 7",
    SCXML ("<script>function add (x) { return x + n } var n = 1</script><state id='s'>"
           ON_ENTRY (LOG ("add (5)") "<assign location='n' expr='2'/>" LOG ("add (5)")) "</state>") },
  { "chance-and-time", "[true,true,true]",
    DO ("<data id='a' expr='Math.random ()'/><data id='b' expr='Math.random ()'/>",
        LOG ("[a !== b, a >= 0 &amp;&amp; a &lt; 1, Date.now () === 1700000000000 &amp;&amp; new Date ().getTime () === Date.now ()]")) },
  { "log", "plain | label: 1 | label: [1,2] | label | null | label: text",
    DO ("", "<log expr='\"plain\"'/><log label='label' expr='1'/><log label='label' expr='[1, 2]'/><log label='label'/>"
            "<log expr='null'/><log label='label' expr='\"text\"'/>") },
  { "log-fails", ERROR, DO ("", "<log expr='nothing'/>" LOG ("`x`")) },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  scxml_bed_add_cases ("scxml-actions/if", if_cases, G_N_ELEMENTS (if_cases));
  scxml_bed_add_cases ("scxml-actions/cond", cond_cases, G_N_ELEMENTS (cond_cases));
  scxml_bed_add_cases ("scxml-actions/foreach", foreach_cases, G_N_ELEMENTS (foreach_cases));
  scxml_bed_add_cases ("scxml-actions/script", script_cases, G_N_ELEMENTS (script_cases));

  return g_test_run ();
}
