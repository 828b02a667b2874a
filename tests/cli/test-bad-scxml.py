# Copyright 2026 The Fermata authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Machines of SCXML that would do harm: whatever they do ends, in a result or in an
error, the run goes on, and no process is left behind."""

import ctypes
import os
import signal
import sys

import cli
import tap
from cli import expect, fermata

INVALID = 3

# What loses its parent is ours then.
PR_SET_CHILD_SUBREAPER = 36
ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)

SCXML = ("<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' datamodel='ecmascript'>"
         "%s</scxml>")

# What is told is `error` if something failed, and `after` if what comes behind is done.
ONE_STATE = ("<datamodel>%s</datamodel><state id='s'><onentry>%s</onentry>"
             "<onentry><send event='end'/></onentry>"
             "<transition event='error.execution'><log label='error'/></transition>"
             "<transition event='end' target='end'/></state>"
             "<final id='end'><onentry><log label='after'/></onentry></final>")


def nobody_is_left():
    """Waits for everybody who has lost their parent."""
    signal.alarm(cli.PATIENCE)
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass
    finally:
        signal.alarm(0)


def run(document, *arguments):
    folder = cli.Folder()
    done = fermata('run', '--virtual-time', '--quiet', *arguments, folder.write('machine.scxml', document))
    nobody_is_left()
    return done


def ends(content, said, data=''):
    """It does, telling so, and the machine comes to its end."""
    done = run(SCXML % (ONE_STATE % (data, content)))
    expect(done.status == 0, content[:200], done)
    tap.equal([line for line in done.out.split('\n') if line in ('error', 'after')], said)


FAILS = ['error', 'after']
WORKS = ['after']
A = "<data id='a'/>"


def test_loops_in_scripts():
    ends('<script>for (;;);</script>', FAILS)


def test_loops_in_conditions():
    ends("<if cond='(function () { for (;;); }) ()'><log label='no'/></if>", FAILS)


def test_loops_in_data():
    ends('', FAILS, "<data id='a' expr='(function () { for (;;); }) ()'/>")


def test_loops_in_what_is_kept():
    ends('<script>a = { get x () { for (;;); } }</script>', FAILS, A)


def test_memory():
    ends('<script>var all = []; for (;;) all.push (new Array (1000000).fill ({}))</script>', FAILS)
    ends("<script>a = 'x'; for (;;) a += a</script>", FAILS, A)


def test_recursion():
    ends('<script>(function f () { f () }) ()</script>', FAILS)


def test_values_that_cannot_be_kept():
    ends('<script>a = []; a.push (a)</script>', FAILS, A)
    ends('<script>a = new Map ()</script>', FAILS, A)


def test_deep_values():
    ends('<script>a = []; for (let i = 0; i &lt; 1000000; i++) a = [a]</script>', FAILS, A)


def test_other_globals():
    ends('<script>Object = Array = JSON = undefined; Math = 5</script><raise event="e"/>'
         "<if cond='In (\"s\") &amp;&amp; !In (\"end\")'><log label='right'/></if>", WORKS)
    ends('<script>delete globalThis.Object; delete globalThis.In</script><raise event="e"/>', WORKS)
    ends('<script>globalThis.__proto__ = null</script>', FAILS)


def test_long_texts():
    ends('<log expr="a.length"/>', WORKS, "<data id='a'>%s</data>" % ('word ' * 1000000))
    ends("<log expr='%s1'/>" % ('1+' * 100000), WORKS)


def test_deep_expressions():
    done = run(SCXML % (ONE_STATE % ('', "<log expr='%s1%s'/>" % ('(' * 100000, ')' * 100000))))
    expect(done.status == 0 and 'after' in done.out, done.status, done.err[:500])


def test_many_actions_within_each_other():
    for depth, status in (500, 0), (10000, INVALID):
        content = "<if cond='true'>" * depth + '</if>' * depth
        done = run(SCXML % (ONE_STATE % ('', content)))
        expect(done.status == status, depth, done.status, done.err[:500])


def test_many_sends():
    ends("<foreach array='a' item='x'><send event='e'/></foreach>", WORKS,
         "<data id='a' expr='new Array (50000).fill (0)'/>")


def test_many_delays():
    """There is a limit to how many wait."""
    ends("<foreach array='a' item='x'><send event='e' delay='1s'/></foreach>", FAILS,
         "<data id='a' expr='new Array (100001).fill (0)'/>")


def test_many_items():
    ends("<foreach array='a' item='x'/>", WORKS, "<data id='a' expr='new Array (200000).fill (0)'/>")


def goes_round(body):
    done = run(SCXML % body)
    expect(done.status == 1 and 'steps without a new event' in done.err, done)


def test_going_round():
    goes_round("<state id='s'><transition target='t'/></state><state id='t'><transition target='s'/></state>")
    goes_round("<state id='s'><onentry><raise event='e'/></onentry>"
               "<transition event='e'><raise event='e'/></transition></state>")
    goes_round("<state id='s'><onentry><script>throw 1</script></onentry>"
               "<transition event='error.*'><script>throw 1</script></transition></state>")


def test_invokes_itself():
    folder = cli.Folder()
    for how in "src='machine.scxml'", "srcexpr='\"machine.scxml\"'":
        path = folder.write('machine.scxml', SCXML % f"<state id='s'><invoke {how}/></state>")
        done = fermata('run', '--virtual-time', '--quiet', path)
        nobody_is_left()
        expect(done.status in (0, 1), how, done)


def test_system_variables_are_not_declared():
    done = run(SCXML % "<datamodel><data id='_event' expr='1'/></datamodel><state id='s'/>")
    expect(done.status != 0 and '_event' in done.err, done)


def test_cancelled_in_a_loop():
    """Whoever ends the program ends its JavaScript."""
    folder = cli.Folder()
    path = folder.write('machine.scxml', SCXML % (
        "<state id='s'><onentry><log label='here'/><script>var n = 1</script><log label='there'/></onentry></state>"))
    process = cli.start('run', '--events=text', path)
    cli.wait_for_line(process.stdout, 'there')
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=cli.PATIENCE)
    process.stdout.close()
    process.stderr.close()
    nobody_is_left()


tap.main(sys.modules[__name__])
