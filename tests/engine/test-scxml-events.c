/* test-scxml-events.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What machines of SCXML send, and what events say: sections 5.5 to 5.7, 5.10, 6.2 and
 * 6.3 of the recommendation. */

#include "engine/scxml-bed.h"

#define ERROR "error.execution"
#define PROCESSOR "http://www.w3.org/TR/scxml/#SCXMLEventProcessor"

/* Whatever comes is told with what it brings. */
#define TELL_DATA "<transition event='*'>" LOG ("_event.name.indexOf (\"error\") == 0 ? _event.name : [_event.name, _event.data]") "</transition>"
#define SEND(data, content) \
  SCXML ("<datamodel>" data "</datamodel><state id='s'>" ON_ENTRY (content) TELL_DATA "</state>")

#define MEMBERS LOG ("[_event.name, _event.type, _event.sendid, _event.origin, _event.origintype, _event.invokeid, _event.data].map (function (m) { return m === undefined ? null : m })")

static const ScxmlCase event_cases[] = {
  /* "'platform' (for events raised by the platform itself, such as error events), 'internal'
   * (for events raised by <raise> and <send> with target '_internal') or 'external'" (5.10.1) */
  { "raised", "[\"e\",\"internal\",null,null,null,null,null]",
    SCXML ("<state id='s'>" ON_ENTRY ("<raise event='e'/>") "<transition event='e'>" MEMBERS "</transition></state>") },
  { "sent-inside", "[\"e\",\"internal\",\"x\",null,null,null,null]",
    SCXML ("<state id='s'>" ON_ENTRY ("<send event='e' target='#_internal' id='x'/>") "<transition event='e'>" MEMBERS "</transition></state>") },
  { "sent-to-itself", "[true,\"external\",true,\"" PROCESSOR "\",true,true]",
    SCXML ("<state id='s'>" ON_ENTRY ("<send event='e'/>")
           "<transition event='e'>" LOG ("[_event.name === \"e\", _event.type, _event.origin === _ioprocessors.scxml.location, _event.origintype, _event.sendid === undefined, _event.invokeid === undefined]") "</transition></state>") },
  { "with-id", "x", SCXML ("<state id='s'>" ON_ENTRY ("<send event='e' id='x'/>") "<transition event='e'>" LOG ("_event.sendid") "</transition></state>") },
  { "all-members-are-there", "[\"data\",\"invokeid\",\"name\",\"origin\",\"origintype\",\"sendid\",\"type\"]",
    SCXML ("<state id='s'>" ON_ENTRY ("<raise event='e'/>") "<transition event='e'>" LOG ("Object.keys (_event).sort ()") "</transition></state>") },
  { "answered", "answer 7",
    SCXML ("<state id='s'>" ON_ENTRY ("<send event='e'/>")
           "<transition event='e'><send event='answer' targetexpr='_event.origin' typeexpr='_event.origintype'><param name='n' expr='7'/></send></transition>"
           "<transition event='answer'>" LOG ("_event.name + \" \" + _event.data.n") "</transition></state>") },
  { "error", "[\"error.execution\",\"platform\",true,true]",
    SCXML ("<state id='s'>" ON_ENTRY ("<script>throw 1</script>")
           "<transition event='error'>" LOG ("[_event.name, _event.type, _event.sendid === undefined, _event.origin === undefined]") "</transition></state>") },
  /* "In the case of error events triggered by a failed attempt to send an event, the
   * Processor MUST set this field to the send id of the triggering <send> element" (5.10.1) */
  { "error-of-send", "[\"error.execution\",\"platform\",\"x\"]",
    SCXML ("<state id='s'>" ON_ENTRY ("<send event='e' id='x' target='!nowhere'/>")
           "<transition event='error'>" LOG ("[_event.name, _event.type, _event.sendid]") "</transition></state>") },
  { "error-of-type", "[\"error.execution\",\"platform\",\"x\"]",
    SCXML ("<state id='s'>" ON_ENTRY ("<send event='e' id='x' type='nobody knows'/>")
           "<transition event='error'>" LOG ("[_event.name, _event.type, _event.sendid]") "</transition></state>") },
  { "error-of-send-with-location", "true",
    SCXML ("<datamodel><data id='x'/></datamodel><state id='s'>" ON_ENTRY ("<send event='e' idlocation='x' target='!nowhere'/>")
           "<transition event='error'>" LOG ("typeof x === \"string\" &amp;&amp; _event.sendid === x") "</transition></state>") },
  { "nobody-there", "[\"error.communication\",\"platform\",\"x\"]",
    SCXML ("<state id='s'>" ON_ENTRY ("<send event='e' id='x' target='#_scxml_nobody'/>")
           "<transition event='error'>" LOG ("[_event.name, _event.type, _event.sendid]") "</transition></state>") },
  { "no-parent", "error.communication", DO ("", "<send event='e' target='#_parent'/>") },
  { "done", "[\"done.state.s\",1]",
    SCXML ("<datamodel><data id='n' expr='1'/></datamodel><state id='s'><transition event='done.state.s'>" LOG ("[_event.name, _event.data.k]") "</transition>"
           "<final id='f'><donedata><param name='k' expr='n'/></donedata></final></state>") },
};

static const ScxmlCase data_cases[] = {
  { "params", "[\"e\",{\"a\":1,\"b\":[2]}]", SEND ("<data id='n' expr='[2]'/>", "<send event='e'><param name='a' expr='1'/><param name='b' location='n'/></send>") },
  { "names", "[\"e\",{\"a\":1,\"b\":2}]", SEND ("<data id='a' expr='1'/><data id='b' expr='2'/>", "<send event='e' namelist='a  b'/>") },
  { "names-and-params", "[\"e\",{\"a\":1,\"b\":3}]", SEND ("<data id='a' expr='1'/>", "<send event='e' namelist='a'><param name='b' expr='3'/></send>") },
  { "deep-location", "[\"e\",{\"a\":5}]", SEND ("<data id='o' expr='({ k: [5] })'/>", "<send event='e'><param name='a' location='o.k[0]'/></send>") },
  { "content", "[\"e\",\"some text\"] | [\"e\",{\"k\":1}] | [\"e\",3]",
    SEND ("", "<send event='e'><content> some\n text </content></send><send event='e'><content>{\"k\": 1}</content></send><send event='e'><content expr='1 + 2'/></send>") },
  { "content-xml", "x",
    SCXML ("<state id='s'>" ON_ENTRY ("<send event='e'><content><a xmlns='' b='x'/></content></send>")
           "<transition event='e'>" LOG ("_event.data.documentElement.getAttribute (\"b\")") "</transition></state>") },
  /* Values are of that time. */
  { "values-are-copies", "[\"e\",{\"o\":{\"n\":1}}]",
    SEND ("<data id='o' expr='({ n: 1 })'/>", "<send event='e' namelist='o' delay='1s'/><assign location='o.n' expr='2'/>") },
  /* "If the evaluation of <param>'s 'expr' … 'location' does not refer to a valid location …
   * MUST place error.execution …, and MUST ignore the name and value" (5.7) */
  { "param-fails", ERROR " | [\"e\",{\"b\":2}]", SEND ("", "<send event='e'><param name='a' expr='nothing'/><param name='b' expr='2'/></send>") },
  { "location-fails", ERROR " | [\"e\",{\"b\":2}]", SEND ("", "<send event='e'><param name='a' location='nothing'/><param name='b' expr='2'/></send>") },
  /* "If the evaluation of 'expr' produces an error, … use the empty string as the value of
   * the <content> element" (5.6): as W3C's own tests have it, there is no data then. */
  { "content-fails", ERROR " | [\"e\",\"undefined\"]", SEND ("", "<send event='e'><content expr='nothing'/></send>") },
  /* "If the evaluation of <send>'s arguments produces an error, the Processor MUST discard
   * the message without attempting to deliver it" (6.2.3) */
  { "names-fail", ERROR, SEND ("<data id='a' expr='1'/>", "<send event='e' namelist='a nothing'/>") },
  { "event-fails", ERROR, SEND ("", "<send eventexpr='nothing'/>") },
  { "target-fails", ERROR, SEND ("", "<send event='e' targetexpr='nothing'/>") },
  { "type-fails", ERROR, SEND ("", "<send event='e' typeexpr='nothing'/>") },
  { "delay-fails", ERROR, SEND ("", "<send event='e' delayexpr='nothing'/>") },
  { "location-of-id-fails", ERROR, SEND ("", "<send event='e' idlocation='nothing.there'/>") },
  { "what-follows-is-passed-over", "after | " ERROR,
    SCXML ("<state id='s'>" ON_ENTRY ("<send eventexpr='nothing'/>" LOG ("`x`")) ON_ENTRY (LOG ("`after`")) TELL "</state>") },
  /* "If the 'event' … no data" */
  { "nothing", "[\"e\",null] | undefined",
    SCXML ("<state id='s'>" ON_ENTRY ("<send event='e'/>") "<transition event='e'>" LOG ("[_event.name, null]") LOG ("typeof _event.data") "</transition></state>") },
  { "undefined-as-a-value", "[\"e\",true]",
    SCXML ("<datamodel><data id='u'/></datamodel><state id='s'>" ON_ENTRY ("<send event='e' namelist='u'/>")
           "<transition event='e'>" LOG ("[_event.name, \"u\" in _event.data &amp;&amp; _event.data.u === undefined]") "</transition></state>") },
  { "rich-values", "true",
    SCXML ("<state id='s'>" ON_ENTRY ("<send event='e'><content expr='[NaN, -0, new Date (7), /a/, function (x) { return x * 2 }, 5n, undefined]'/></send>")
           "<transition event='e'>" LOG ("(function (d) { return isNaN (d[0]) &amp;&amp; Object.is (d[1], -0) &amp;&amp; d[2].getTime () === 7 &amp;&amp; d[3].test (\"a\") &amp;&amp; d[4] (4) === 8 &amp;&amp; d[5] === 5n &amp;&amp; d[6] === undefined }) (_event.data)") "</transition></state>") },
  { "donedata-content", "[\"done.state.s\",\"text\"] | [\"done.state.s\",3]",
    SCXML ("<datamodel><data id='n' expr='0'/></datamodel><state id='s' initial='f'><transition event='done.state.s' cond='n == 0' target='g'>"
           LOG ("[_event.name, _event.data]") "<assign location='n' expr='1'/></transition><transition event='done.state.s'>" LOG ("[_event.name, _event.data]") "</transition>"
           "<final id='f'><donedata><content>text</content></donedata></final><final id='g'><donedata><content expr='1 + 2'/></donedata></final></state>") },
  { "donedata-fails", ERROR " | [\"done.state.s\",{\"b\":1}]",
    SCXML ("<state id='s'>" TELL_DATA "<final id='f'><donedata><param name='a' expr='nothing'/><param name='b' expr='1'/></donedata></final></state>") },
  { "donedata-content-fails", ERROR " | [\"done.state.s\",\"undefined\"]",
    SCXML ("<state id='s'>" TELL_DATA "<final id='f'><donedata><content expr='nothing'/></donedata></final></state>") },
  { "donedata-is-empty", "[\"done.state.s\",true]",
    SCXML ("<state id='s'><transition event='*'>" LOG ("[_event.name, _event.data === undefined]") "</transition><final id='f'/></state>") },
};

static const ScxmlCase time_cases[] = {
  /* Times as CSS2 writes them (6.2.4) */
  { "in-order", "b | d | c | a",
    DO ("", "<send event='a' delay='2s'/><send event='b' delay='.5s'/><send event='c' delay='1000ms'/><send event='d' delay='0.75s'/>") },
  { "at-the-time", "500 | 1500",
    SCXML ("<datamodel><data id='t' expr='Date.now ()'/></datamodel><state id='s'>" ON_ENTRY ("<send event='a' delay='.5s'/><send event='b' delayexpr='\"1500ms\"'/>")
           "<transition event='*'>" LOG ("Date.now () - t") "</transition></state>") },
  { "same-time", "a | b | c", DO ("", "<send event='a' delay='1s'/><send event='b' delay='1000ms'/><send event='c' delay='1s'/>") },
  { "none-is-at-once", "a | b", DO ("", "<send event='a' delay='0s'/><send event='b'/>") },
  { "illegal", ERROR " | " ERROR " | " ERROR " | " ERROR,
    SCXML ("<state id='s'>" ON_ENTRY ("<send event='a' delayexpr='\"soon\"'/>") ON_ENTRY ("<send event='a' delayexpr='\"-1s\"'/>")
           ON_ENTRY ("<send event='a' delayexpr='\"5\"'/>") ON_ENTRY ("<send event='a' delayexpr='\"s\"'/>") TELL "</state>") },
  { "illegal-as-written", ERROR, DO ("", "<send event='a' delay='1 year'/>") },
  { "illegal-exponent", ERROR, DO ("", "<send event='a' delay='1e1ms'/>") },
  { "illegal-space", ERROR, DO ("", "<send event='a' delay='1 s'/>") },
  { "with-sign", "c | a | b", DO ("", "<send event='a' delay='250ms'/><send event='b' delay='+1s'/><send event='c' delay='0'/>") },
  { "inside-does-not-wait", ERROR, DO ("", "<send event='a' target='#_internal' delay='1s'/>") },
  { "cancel", "b", DO ("", "<send event='a' id='x' delay='1s'/><send event='b' delay='2s'/><cancel sendid='x'/>") },
  { "cancel-by-expression", "b", DO ("<data id='n'/>", "<send event='a' idlocation='n' delay='1s'/><send event='b' delay='2s'/><cancel sendidexpr='n'/>") },
  { "cancel-nobody", "b", DO ("", "<send event='b' delay='2s'/><cancel sendid='x'/>") },
  { "cancel-fails", "b | " ERROR, SCXML ("<state id='s'>" ON_ENTRY ("<cancel sendidexpr='nothing'/>" LOG ("`x`")) ON_ENTRY (LOG ("`b`")) TELL "</state>") },
  { "cancel-all-of-a-name", "b", DO ("", "<send event='a' id='x' delay='1s'/><send event='a' id='x' delay='2s'/><send event='b' delay='3s'/><cancel sendid='x'/>") },
  { "ids-differ", "true", DO ("<data id='a'/><data id='b'/>", "<send event='e' idlocation='a' delay='1s'/><send event='e' idlocation='b' delay='1s'/><cancel sendidexpr='a'/><cancel sendidexpr='b'/>" LOG ("a !== b &amp;&amp; a.length > 0")) },
  { "deep-location-of-id", "true", DO ("<data id='o' expr='({ k: 1 })'/>", "<send event='e' idlocation='o.id' delay='1s'/><cancel sendidexpr='o.id'/>" LOG ("typeof o.id === \"string\"")) },
};

/* What comes from outside is plain data, whatever it looks like. */
static void
test_outside (void)
{
  g_autoptr (FermataTestBed) bed = scxml_bed_new ();
  static const char *const sent[] = {
    "null", "5", "\"text\"", "{\"k\":[1]}", "{\"$function\":\"function () { return 1 }\"}", "{\"$undefined\":true}",
    "[{\"$number\":\"NaN\"}]", "{\"$$bigint\":1}", "9007199254740993",
  };

  scxml_bed_begin (bed,
    SCXML ("<datamodel><data id='d'/></datamodel><state id='s'>"
           "<transition event='e'><assign location='d' expr='_event.data'/>"
           LOG ("typeof d + \" \" + (typeof d === \"bigint\" ? d : JSON.stringify (d))") "</transition>"
           "<transition event='members'>" MEMBERS "</transition></state>"));
  for (guint i = 0; i < G_N_ELEMENTS (sent); i++)
    {
      g_autoptr (FermataValue) data = fermata_value_parse (sent[i], -1, NULL);

      g_assert_true (fermata_run_send_event (bed->run, "e", data));
      fermata_test_bed_settle (bed);
    }
  g_assert_true (fermata_run_send_event (bed->run, "members", NULL));
  fermata_test_bed_settle (bed);
  scxml_bed_assert (bed,
    "object null | number 5 | string \"text\" | object {\"k\":[1]}"
    " | object {\"$function\":\"function () { return 1 }\"} | object {\"$undefined\":true}"
    " | object [{\"$number\":\"NaN\"}] | object {\"$$bigint\":1} | bigint 9007199254740993"
    " | [\"members\",\"external\",null,null,null,null,null]");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  scxml_bed_add_cases ("scxml-events/members", event_cases, G_N_ELEMENTS (event_cases));
  scxml_bed_add_cases ("scxml-events/data", data_cases, G_N_ELEMENTS (data_cases));
  scxml_bed_add_cases ("scxml-events/time", time_cases, G_N_ELEMENTS (time_cases));

  g_test_add_func ("/scxml-events/outside", test_outside);

  return g_test_run ();
}
