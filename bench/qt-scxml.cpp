/* qt-scxml.cpp
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * What an event costs in Qt SCXML, for bench-statechart: runs the machine of a
 * file, once with one event at a time, once with all of them queued, and prints
 * the seconds of both. Called: qt-scxml FILE EVENTS STATE, the state being one
 * that must be active at the end.
 */

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QScxmlStateMachine>
#include <QStringList>

#include <cstdio>
#include <cstdlib>
#include <memory>

static bool isStable;

static std::unique_ptr<QScxmlStateMachine>
load (const QString &file)
{
  std::unique_ptr<QScxmlStateMachine> machine (QScxmlStateMachine::fromFile (file));

  if (!machine->parseErrors ().isEmpty ())
    {
      std::fprintf (stderr, "qt-scxml: %s\n", qPrintable (machine->parseErrors ().first ().toString ()));
      std::exit (1);
    }
  QObject::connect (machine.get (), &QScxmlStateMachine::reachedStableState, [] { isStable = true; });

  return machine;
}

static void
settle ()
{
  while (!isStable)
    QCoreApplication::processEvents (QEventLoop::WaitForMoreEvents);
}

/* Seconds for @nEvents events: in @nTurns turns of the loop. */
static double
measure (const QString &file,
         int            nEvents,
         int            nTurns,
         const QString &state)
{
  std::unique_ptr<QScxmlStateMachine> machine = load (file);
  const QString event = QStringLiteral ("go");
  QElapsedTimer timer;
  double seconds;

  isStable = false;
  machine->start ();
  settle ();

  timer.start ();
  for (int turn = 0; turn < nTurns; turn++)
    {
      isStable = false;
      for (int i = 0; i < nEvents / nTurns; i++)
        machine->submitEvent (event);
      settle ();
    }
  seconds = timer.nsecsElapsed () / 1e9;

  if (!machine->isActive (state))
    {
      std::fprintf (stderr, "qt-scxml: %s is not active\n", qPrintable (state));
      std::exit (1);
    }

  return seconds;
}

int
main (int   argc,
      char *argv[])
{
  QCoreApplication app (argc, argv);

  if (argc != 4)
    return 2;

  const int nEvents = std::atoi (argv[2]);
  const double alone = measure (argv[1], nEvents, nEvents, argv[3]);
  const double queued = measure (argv[1], nEvents, 1, argv[3]);

  std::printf ("%.9f %.9f\n", alone, queued);

  return 0;
}
