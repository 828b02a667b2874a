/* test-json-writer.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a document looks like, and that nothing of one is lost. */

#include "format/fermata-json.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"
#include "value/fermata-value-reader.h"

static FermataGraph *
read_graph (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  FermataGraph *graph = fermata_json_read_graph (bytes, "test", NULL, &error);

  g_assert_no_error (error);
  return graph;
}

static char *
write_graph (FermataGraph *graph)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fermata_json_write_graph (graph, &error);
  gsize length;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &length);
  return g_strndup (data, length);
}

static void
assert_written (const char *text,
                const char *expected)
{
  g_autoptr (FermataGraph) graph = read_graph (text);
  g_autofree char *written = write_graph (graph);
  g_autoptr (FermataGraph) again = NULL;
  g_autofree char *written_again = NULL;

  g_assert_cmpstr (written, ==, expected);
  again = read_graph (written);
  written_again = write_graph (again);
  g_assert_cmpstr (written_again, ==, expected);
}

static void
test_layout (void)
{
  assert_written (
    "{\"fermata\":1,\"kind\":\"dag\",\"inputs\":{\"path\":{\"type\":\"string\"}},\"nodes\":["
    "{\"id\":\"a\",\"type\":\"set\",\"with\":{\"value\":[1,2.0]}},"
    "{\"id\":\"b\",\"type\":\"command\",\"with\":{\"argv\":[\"printf\",\"%s\",\"a text that is long enough to make the"
    " line too long\"],\"output\":\"json\"}},"
    "{\"id\":\"c\",\"type\":\"foreach\",\"body\":{\"nodes\":[{\"id\":\"d\"}],\"edges\":[]},\"finally\":{\"nodes\":[]}}],"
    "\"edges\":[{\"from\":\"a\",\"to\":\"b\"}],\"layout\":{\"grid\":8,\"nodes\":{\"a\":[0,0],\"b\":[10,-2.5]}}}",
    "{\n"
    "  \"fermata\": 1,\n"
    "  \"kind\": \"dag\",\n"
    "  \"inputs\": { \"path\": { \"type\": \"string\" } },\n"
    "  \"nodes\": [\n"
    "    { \"id\": \"a\", \"type\": \"set\", \"with\": { \"value\": [1, 2.0] } },\n"
    "    {\n"
    "      \"id\": \"b\",\n"
    "      \"type\": \"command\",\n"
    "      \"with\": {\n"
    "        \"argv\": [\"printf\", \"%s\", \"a text that is long enough to make the line too long\"],\n"
    "        \"output\": \"json\"\n"
    "      }\n"
    "    },\n"
    "    {\n"
    "      \"id\": \"c\",\n"
    "      \"type\": \"foreach\",\n"
    "      \"body\": {\n"
    "        \"nodes\": [\n"
    "          { \"id\": \"d\" }\n"
    "        ],\n"
    "        \"edges\": []\n"
    "      },\n"
    "      \"finally\": { \"nodes\": [] }\n"
    "    }\n"
    "  ],\n"
    "  \"edges\": [\n"
    "    { \"from\": \"a\", \"to\": \"b\" }\n"
    "  ],\n"
    "  \"layout\": {\n"
    "    \"grid\": 8,\n"
    "    \"nodes\": {\n"
    "      \"a\": [0, 0],\n"
    "      \"b\": [10, -2.5]\n"
    "    }\n"
    "  }\n"
    "}\n");
}

static void
test_states (void)
{
  assert_written (
    "{\"fermata\":1,\"nodes\":[{\"id\":\"s\",\"nodes\":[{\"id\":\"t\",\"entry\":[{\"log\":\"in\"}]},{\"id\":\"u\",\"nodes\":[]}]}]}",
    "{\n"
    "  \"fermata\": 1,\n"
    "  \"nodes\": [\n"
    "    {\n"
    "      \"id\": \"s\",\n"
    "      \"nodes\": [\n"
    "        { \"id\": \"t\", \"entry\": [{ \"log\": \"in\" }] },\n"
    "        { \"id\": \"u\", \"nodes\": [] }\n"
    "      ]\n"
    "    }\n"
    "  ]\n"
    "}\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-writer/layout", test_layout);
  g_test_add_func ("/json-writer/states", test_states);

  return g_test_run ();
}
