/* test-scxml-invoke.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Machines of SCXML that run others: sections 6.4 and 6.5 of the recommendation; and the
 * data model `null` (B.1). */

#include "engine/scxml-bed.h"

#define ERROR "error.execution"

#define CHILD(data, body) \
  "<content><scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' datamodel='ecmascript'>" \
  "<datamodel>" data "</datamodel>" body "</scxml></content>"
#define ENDS "<final id='end'/>"

/* One that tells its parent something, and ends. */
#define SAYS(data, params) \
  CHILD (data, "<state id='c'>" ON_ENTRY ("<send event='said' target='#_parent'>" params "</send>") "<transition target='end'/></state>" ENDS)

#define PARENT(data, invoke, transitions) \
  SCXML ("<datamodel>" data "</datamodel><state id='s'>" invoke transitions TELL "</state>")

static const ScxmlCase begin_cases[] = {
  /* "If the name of a param … matches the 'id' of a <data> element in the top-level data
   * declarations of the invoked session, the SCXML Processor MUST use the value" (6.4.3) */
  { "params", "7 | done.invoke.i",
    PARENT ("<data id='n' expr='6'/>", "<invoke id='i'><param name='x' expr='n + 1'/>" SAYS ("<data id='x' expr='1'/>", "<param name='v' location='x'/>") "</invoke>",
            "<transition event='said'>" LOG ("_event.data.v") "</transition>") },
  { "names", "6 | done.invoke.i",
    PARENT ("<data id='x' expr='6'/>", "<invoke id='i' namelist='x'>" SAYS ("<data id='x' expr='1'/>", "<param name='v' location='x'/>") "</invoke>",
            "<transition event='said'>" LOG ("_event.data.v") "</transition>") },
  /* "If the names do not match, the Processor MUST NOT add the value … to the data model" */
  { "unknown-names", "undefined | done.invoke.i",
    PARENT ("", "<invoke id='i'><param name='x' expr='1'/>" SAYS ("", "<param name='v' expr='typeof x'/>") "</invoke>",
            "<transition event='said'>" LOG ("_event.data.v") "</transition>") },
  { "not-for-nested-data", "1 | done.invoke.i",
    PARENT ("", "<invoke id='i'><param name='x' expr='9'/>"
            CHILD ("", "<state id='c'><datamodel><data id='x' expr='1'/></datamodel>" ON_ENTRY ("<send event='said' target='#_parent' namelist='x'/>") "<transition target='end'/></state>" ENDS) "</invoke>",
            "<transition event='said'>" LOG ("_event.data.x") "</transition>") },
  { "rich-values", "true | done.invoke.i",
    PARENT ("<data id='x' expr='[NaN, undefined, new Date (3), function (n) { return n + 1 }]'/>",
            "<invoke id='i' namelist='x'>" SAYS ("<data id='x'/>", "<param name='v' expr='isNaN (x[0]) &amp;&amp; x[1] === undefined &amp;&amp; x[2].getTime () === 3 &amp;&amp; x[3] (4) === 5'/>") "</invoke>",
            "<transition event='said'>" LOG ("_event.data.v") "</transition>") },
  { "no-data-in-common", "undefined | 1 | done.invoke.i",
    PARENT ("<data id='n' expr='1'/>", "<invoke id='i'>" SAYS ("<data id='m' expr='5'/>", "<param name='v' expr='typeof n'/>") "</invoke>",
            "<transition event='said'>" LOG ("_event.data.v") LOG ("n") "</transition>") },
  /* 6.4.1: stateid.platformid */
  { "id-in-a-location", "true | true",
    PARENT ("<data id='i'/>", "<invoke idlocation='i'>" SAYS ("", "") "</invoke>",
            "<transition event='said'>" LOG ("/^s\\.[^.]+/.test (i) &amp;&amp; _event.invokeid === i") "</transition>"
            "<transition event='done.invoke.*'>" LOG ("_event.name === \"done.invoke.\" + i &amp;&amp; _event.invokeid === i") "</transition>") },
  { "done-data", "[\"done.invoke.i\",\"i\",{\"k\":5}]",
    PARENT ("", "<invoke id='i'>" CHILD ("<data id='k' expr='5'/>", "<final id='end'><donedata><param name='k' location='k'/></donedata></final>") "</invoke>",
            "<transition event='done.invoke.i'>" LOG ("[_event.name, _event.invokeid, _event.data]") "</transition>") },
  /* "If the evaluation of its arguments produces an error, the SCXML Processor MUST
   * terminate the processing of the element without further action" (6.4.2) */
  { "location-fails", ERROR,
    PARENT ("", "<invoke idlocation='nothing.there'>" SAYS ("", "") "</invoke>", "") },
  { "names-fail", ERROR,
    PARENT ("", "<invoke namelist='nothing'>" SAYS ("", "") "</invoke>", "") },
  { "source-fails", ERROR, PARENT ("", "<invoke srcexpr='nothing'/>", "") },
  { "type-fails", ERROR, PARENT ("", "<invoke typeexpr='nothing' src='x.scxml'/>", "") },
  { "type-unknown", ERROR,
    SCXML ("<state id='s'><invoke type='http://nobody/knows' src='x'/><transition event='error.execution'>" LOG ("_event.name") "</transition></state>") },
  { "one-fails-others-go-on", ERROR " | said | done.invoke.j",
    PARENT ("", "<invoke id='i' namelist='nothing'>" SAYS ("", "") "</invoke><invoke id='j'>" SAYS ("", "") "</invoke>", "") },
  /* "param … MUST ignore the name and value" (5.7) */
  { "param-fails", ERROR " | 1 | done.invoke.i",
    PARENT ("", "<invoke id='i'><param name='x' expr='nothing'/>" SAYS ("<data id='x' expr='1'/>", "<param name='v' expr='x'/>") "</invoke>",
            "<transition event='said'>" LOG ("_event.data.v") "</transition>") },
  { "not-if-left-at-once", "t",
    SCXML ("<state id='s'><invoke id='i'>" SAYS ("", "") "</invoke><transition target='t'/>" TELL "</state><state id='t'>" ON_ENTRY (LOG ("`t`")) TELL "</state>") },
  { "twice", "said | done.invoke.i | said | done.invoke.i",
    SCXML ("<datamodel><data id='n' expr='0'/></datamodel><state id='s'>" ON_ENTRY ("<assign location='n' expr='n + 1'/>") "<invoke id='i'>" SAYS ("", "") "</invoke>"
           "<transition event='said'>" LOG ("_event.name") "</transition><transition event='done.invoke' cond='n == 1' target='s'>" LOG ("_event.name") "</transition>" TELL "</state>") },
};

static const ScxmlCase event_cases[] = {
  { "from-a-child", "[\"said\",\"external\",\"i\",true]",
    PARENT ("", "<invoke id='i'>" SAYS ("", "") "</invoke>",
            "<transition event='said'>" LOG ("[_event.name, _event.type, _event.invokeid, typeof _event.origin === \"string\"]") "</transition><transition event='done'/>") },
  { "to-a-child", "got 5",
    SCXML ("<state id='s'><invoke id='i'>" CHILD ("<data id='r'/>", "<state id='c'><transition event='go' target='end'><send event='got' target='#_parent'><param name='n' expr='_event.data.n + 1'/></send></transition></state>" ENDS) "</invoke>"
           ON_ENTRY ("<send event='start'/>")
           "<transition event='start'><send event='go' target='#_i'><param name='n' expr='4'/></send></transition>"
           "<transition event='got'>" LOG ("_event.name + \" \" + _event.data.n") "</transition></state>") },
  { "answered", "pong",
    SCXML ("<state id='s'><invoke id='i'>" CHILD ("", "<state id='c'>" ON_ENTRY ("<send event='ping' target='#_parent'/>") "<transition event='pong' target='d'/></state><state id='d'>" ON_ENTRY ("<send event='pong' target='#_parent'/>") "</state>") "</invoke>"
           "<transition event='ping'><send event='pong' targetexpr='_event.origin' typeexpr='_event.origintype'/></transition><transition event='pong'>" LOG ("_event.name") "</transition></state>") },
  /* "autoforward … every external event that the parent receives … exact copy" (6.4.1) */
  { "autoforward", "[\"heard\",\"e\",{\"n\":3}]",
    SCXML ("<state id='s'><invoke id='i' autoforward='true'>"
           CHILD ("", "<state id='c'><transition event='e'><send event='heard' target='#_parent'><param name='name' expr='_event.name'/><param name='data' expr='_event.data'/></send></transition></state>") "</invoke>"
           ON_ENTRY ("<send event='e' delay='1s'><param name='n' expr='3'/></send>")
           "<transition event='heard'>" LOG ("[_event.name, _event.data.name, _event.data.data]") "</transition></state>") },
  { "not-forwarded", "e",
    SCXML ("<state id='s'><invoke id='i'>"
           CHILD ("", "<state id='c'><transition event='e'><send event='heard' target='#_parent'/></transition></state>") "</invoke>"
           ON_ENTRY ("<send event='e' delay='1s'/>") TELL "</state>") },
  /* "executed … before the system looks for transitions that match the event" (6.5) */
  { "finalize", "6 | 6",
    PARENT ("<data id='n' expr='0'/>", "<invoke id='i'>" SAYS ("", "<param name='v' expr='5'/>") "<finalize><assign location='n' expr='n + (_event.data ? _event.data.v + 1 : 0)'/></finalize></invoke>",
            "<transition event='said' cond='n == 6'>" LOG ("n") "</transition><transition event='done'>" LOG ("n") "</transition>") },
  { "finalize-fails", "said | " ERROR " | done.invoke.i | " ERROR,
    PARENT ("", "<invoke id='i'>" SAYS ("", "") "<finalize><script>throw 1</script></finalize></invoke>", "") },
  /* "If no executable content is specified, the SCXML Processor MUST update the data model
   * each time … each item in the 'namelist' attribute and each such <param> element … with
   * any return value that has a name that matches"; not if <finalize> is absent (6.5.2) */
  { "empty-finalize", "5",
    PARENT ("<data id='m' expr='1'/>", "<invoke id='i'><param name='v' location='m'/>" SAYS ("", "<param name='v' expr='5'/>") "<finalize/></invoke>",
            "<transition event='said'>" LOG ("m") "</transition><transition event='done'/>") },
  { "empty-finalize-of-names", "5",
    PARENT ("<data id='n' expr='1'/>", "<invoke id='i' namelist='n'>" SAYS ("<data id='n'/>", "<param name='n' expr='5'/>") "<finalize/></invoke>",
            "<transition event='said'>" LOG ("n") "</transition><transition event='done'/>") },
  { "empty-finalize-of-another-name", "1",
    PARENT ("<data id='m' expr='1'/>", "<invoke id='i'><param name='v' location='m'/>" SAYS ("", "<param name='m' expr='5'/>") "<finalize/></invoke>",
            "<transition event='said'>" LOG ("m") "</transition><transition event='done'/>") },
  { "empty-finalize-of-values", "1",
    PARENT ("<data id='v' expr='1'/>", "<invoke id='i'><param name='v' expr='2'/>" SAYS ("", "<param name='v' expr='5'/>") "<finalize/></invoke>",
            "<transition event='said'>" LOG ("v") "</transition><transition event='done'/>") },
  { "no-finalize", "1",
    PARENT ("<data id='n' expr='1'/>", "<invoke id='i' namelist='n'>" SAYS ("<data id='n'/>", "<param name='n' expr='5'/>") "</invoke>",
            "<transition event='said'>" LOG ("n") "</transition><transition event='done'/>") },
  /* "ignore any events it receives from that session" once it is cancelled (6.4.3) */
  { "cancelled", "bye",
    SCXML ("<state id='s'><invoke id='i'>" CHILD ("", "<state id='c'><onexit><send event='late' target='#_parent'/></onexit></state>") "</invoke>"
           ON_ENTRY ("<send event='e' delay='1s'/>") "<transition event='e' target='t'/></state><state id='t'>" ON_ENTRY ("<send event='bye'/>") TELL "</state>") },
  { "deep", "3",
    SCXML ("<state id='s'><invoke id='i'>" CHILD ("",
             "<state id='c'><invoke id='j'>" CHILD ("", "<state id='d'>" ON_ENTRY ("<send event='up' target='#_parent'><param name='n' expr='2'/></send>") "</state>") "</invoke>"
             "<transition event='up'><send event='up' target='#_parent'><param name='n' expr='_event.data.n + 1'/></send></transition></state>") "</invoke>"
           "<transition event='up'>" LOG ("_event.data.n") "</transition></state>") },
};

#define NULL_MODEL(body) SCXML_WITH ("datamodel='null'", body)

/* "the cond expression In (id) … and no other expressions are legal" (B.1): what needs
 * data is an error.execution when its turn comes. */
static const ScxmlCase null_cases[] = {
  { "in", "a | b",
    NULL_MODEL ("<parallel id='p'><state id='r'><state id='s'>" ON_ENTRY ("<raise event='e'/>") "<transition event='e' cond=\"In('t')\" target='u'><log label='a'/></transition></state>"
                "<state id='u'>" ON_ENTRY ("<raise event='e'/>") "<transition event='e' cond='In(s)'><log label='x'/></transition><transition event='e' cond=' In ( t ) '><log label='b'/></transition></state></state><state id='t'/></parallel>") },
  { "no-other-condition", "b | e",
    NULL_MODEL ("<state id='s'>" ON_ENTRY ("<raise event='a'/>") "<transition event='a' cond='true'><log label='x'/></transition>"
                "<transition event='a'><log label='b'/></transition><transition event='error.execution'><log label='e'/></transition></state>") },
  { "if", "yes | no",
    NULL_MODEL ("<state id='s'>" ON_ENTRY ("<if cond=\"In('s')\"><log label='yes'/></if><if cond=\"In('t')\"><log label='x'/><else/><log label='no'/></if>") "</state><state id='t'/>") },
  { "errors", "after | e | e | e | e | e | e | e",
    NULL_MODEL ("<state id='s'>"
                ON_ENTRY ("<assign location='x' expr='1'/><log label='x'/>") ON_ENTRY ("<script>x = 1</script><log label='x'/>")
                ON_ENTRY ("<foreach array='x' item='y'/><log label='x'/>") ON_ENTRY ("<log expr='1'/><log label='x'/>")
                ON_ENTRY ("<send eventexpr='1'/><log label='x'/>") ON_ENTRY ("<cancel sendidexpr='x'/><log label='x'/>")
                ON_ENTRY ("<if cond='true'><log label='x'/></if><log label='after'/>")
                "<transition event='error.execution'><log label='e'/></transition></state>") },
  { "param", "e | sent",
    NULL_MODEL ("<state id='s'>" ON_ENTRY ("<send event='sent'><param name='a' expr='1'/></send>")
                "<transition event='error.execution'><log label='e'/></transition><transition event='sent'><log label='sent'/></transition></state>") },
  { "times", "a | b",
    NULL_MODEL ("<state id='s'>" ON_ENTRY ("<send event='b' delay='2s'/><send event='a' delay='1s'/><send event='c' id='c' delay='1s'/><cancel sendid='c'/>")
                "<transition event='a'><log label='a'/></transition><transition event='b'><log label='b'/></transition><transition event='c'><log label='x'/></transition></state>") },
  { "invoke", "done",
    NULL_MODEL ("<state id='s'><invoke id='i'><content><scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' datamodel='null'><final id='f'/></scxml></content></invoke>"
                "<transition event='done.invoke.i'><log label='done'/></transition></state>") },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  scxml_bed_add_cases ("scxml-invoke/begin", begin_cases, G_N_ELEMENTS (begin_cases));
  scxml_bed_add_cases ("scxml-invoke/events", event_cases, G_N_ELEMENTS (event_cases));
  scxml_bed_add_cases ("scxml-null", null_cases, G_N_ELEMENTS (null_cases));

  return g_test_run ();
}
