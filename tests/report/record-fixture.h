/* record-fixture.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib/gstdio.h>
#include <string.h>

#include "defaults/fermata-defaults.h"
#include "engine/history/fermata-event-codec.h"
#include "format/fermata-json.h"
#include "report/fermata-record-writer.h"
#include "report/fermata-record.h"
#include "value/fermata-value-writer.h"

/*
 * A folder with the record of one run in it, and every moment of that run as
 * it was lived.
 */
typedef struct {
  char *folder;
  GFile *file;
  FermataEngine *engine;
  FermataRun *run;
  FermataRecordWriter *writer;
  GPtrArray *moments;
} RecordFixture;

#define KEEPER_TYPE (keeper_get_type ())
G_DECLARE_FINAL_TYPE (Keeper, keeper, TEST, KEEPER, GObject)

struct _Keeper {
  GObject parent_instance;

  GPtrArray *moments;
};

static void
keeper_committed (FermataMonitor *monitor,
                  FermataRun     *run,
                  guint64         number)
{
  Keeper *self = TEST_KEEPER (monitor);

  g_assert_cmpuint (self->moments->len, ==, number);
  g_ptr_array_add (self->moments, fermata_moment_copy (fermata_run_get_moment (run)));
}

static void
keeper_monitor_init (FermataMonitorInterface *iface)
{
  iface->committed = keeper_committed;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (Keeper, keeper, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_MONITOR, keeper_monitor_init))

static void
keeper_class_init (KeeperClass *klass)
{
}

static void
keeper_init (Keeper *self)
{
}

/* Single quotes stand for double ones. */
static FermataGraph *
graph_of (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  FermataGraph *graph = fermata_json_read_graph (bytes, "graph", NULL, &error);

  g_assert_no_error (error);

  return graph;
}

/* A run that has not started, being recorded. */
static RecordFixture *
record_fixture_prepare (const char *json)
{
  RecordFixture *self = g_new0 (RecordFixture, 1);
  g_autoptr (FermataGraph) graph = graph_of (json);
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (Keeper) keeper = g_object_new (KEEPER_TYPE, NULL);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("fermata-record-XXXXXX", &error);
  g_assert_no_error (error);
  self->file = g_file_new_build_filename (self->folder, "run.record", NULL);
  self->engine = fermata_engine_new_default ();
  plan = fermata_engine_compile (self->engine, graph, &error);
  g_assert_no_error (error);
  self->run = fermata_engine_create_run (self->engine, plan, NULL, &error);
  g_assert_no_error (error);

  self->moments = keeper->moments = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_moment_unref);
  g_ptr_array_add (self->moments, fermata_moment_copy (fermata_run_get_moment (self->run)));
  fermata_run_add_monitor (self->run, FERMATA_MONITOR (keeper));
  self->writer = fermata_record_writer_new (self->file, graph, &error);
  g_assert_no_error (error);
  fermata_run_add_monitor (self->run, FERMATA_MONITOR (self->writer));

  return self;
}

static void
record_fixture_run (RecordFixture *self)
{
  fermata_run_start (self->run);
  while (!fermata_run_has_ended (self->run))
    g_main_context_iteration (NULL, TRUE);
  /* Monitors are told at the end of the slice. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static G_GNUC_UNUSED RecordFixture *
record_fixture_new (const char *json)
{
  RecordFixture *self = record_fixture_prepare (json);
  g_autoptr (GError) error = NULL;

  record_fixture_run (self);
  fermata_record_writer_finish (self->writer, &error);
  g_assert_no_error (error);

  return self;
}

static G_GNUC_UNUSED FermataRecord *
record_fixture_read (RecordFixture *self)
{
  g_autoptr (FermataEngine) engine = fermata_engine_new_default ();
  g_autoptr (GError) error = NULL;
  FermataRecord *record = fermata_record_read (engine, self->file, FERMATA_RECORD_WHOLE, &error);

  g_assert_no_error (error);

  return record;
}

static char *
record_fixture_dup_text (RecordFixture *self,
                         gsize         *length)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (g_file_peek_path (self->file), &text, length, &error);
  g_assert_no_error (error);

  return text;
}

static G_GNUC_UNUSED void
record_fixture_set_text (RecordFixture *self,
                         const char    *text,
                         gssize         length)
{
  FILE *file = g_fopen (g_file_peek_path (self->file), "w");
  gsize size = length < 0 ? strlen (text) : (gsize) length;

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (text, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* The names of the files in the folder, sorted. */
static G_GNUC_UNUSED char *
record_fixture_list (RecordFixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, (gpointer) name);
  g_ptr_array_add (names, NULL);

  return g_strjoinv (" ", (char **) names->pdata);
}

static void
record_fixture_free (RecordFixture *self)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_object_unref (self->writer);
  g_object_unref (self->run);
  g_object_unref (self->engine);
  g_ptr_array_unref (self->moments);
  g_object_unref (self->file);
  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RecordFixture, record_fixture_free)

/* A graph with everything that a history can hold. */
#define RICH_GRAPH                                                                              \
  "{ 'fermata': 1, 'kind': 'dag', 'name': 'Rich', 'x-mine': [1.5, null],"                       \
  "  'inputs': { 'n': { 'type': 'integer', 'default': 9007199254740993 } },"                    \
  "  'on-error': 'continue',"                                                                   \
  "  'nodes': ["                                                                                \
  "    { 'id': 'number', 'type': 'set', 'with': { 'value': '{{inputs.n}}' } },"                 \
  "    { 'id': 'chance', 'type': 'set', 'with': { 'value': '{{Math.random () + Date.now ()}}' } }," \
  "    { 'id': 'print', 'type': 'command', 'with': { 'argv': ['printf', 'a\\u00e9\\nb\\n'], 'output': 'lines' } }," \
  "    { 'id': 'raw', 'type': 'command', 'with': { 'argv': ['printf', '\\\\377\\\\000x'], 'output': 'none' } }," \
  "    { 'id': 'broken', 'type': 'command', 'with': { 'argv': ['sh', '-c', 'echo no >&2; exit 3'] } }," \
  "    { 'id': 'never', 'type': 'log', 'with': { 'message': 'never' } },"                       \
  "    { 'id': 'say', 'type': 'log', 'with': { 'message': '{{input.length}} lines' } },"        \
  "    { 'id': 'after', 'type': 'set', 'join': 'always', 'with': { 'value': '{{input}}' } } ],"  \
  "  'edges': ["                                                                                \
  "    { 'from': 'print', 'to': 'say', 'when': 'output.length == 2' },"                         \
  "    { 'from': 'print', 'to': 'never', 'when': 'output.length > 2' },"                        \
  "    { 'from': 'broken', 'to': 'after' }, { 'from': 'say', 'to': 'after' } ] }"
