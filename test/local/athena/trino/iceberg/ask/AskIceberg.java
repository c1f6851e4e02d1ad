import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.airlift.units.Duration;
import io.trino.client.ClientSession;
import io.trino.client.Column;
import io.trino.client.QueryError;
import io.trino.client.Row;
import io.trino.client.StatementClient;
import io.trino.client.StatementClientFactory;
import io.trino.plugin.iceberg.IcebergPlugin;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.TestingSession;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;

/**
 * Runs each script of its input, a line with a JSON list of statements, in a schema of its own, and prints a line with a list of
 * answers: names, types and rows of what is read, the count of what is written, or an error.
 */
public final class AskIceberg {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(snapshot|time):(\\d+)}");
  /** Trino commits an empty snapshot with each table that it makes; it is none of a script's. */
  private static final String SNAPSHOTS =
      "SELECT CAST(snapshot_id AS varchar), CAST(committed_at AS varchar) FROM \"t$snapshots\""
          + " WHERE element_at(summary, 'changed-partition-count') <> '0' ORDER BY committed_at";

  private final OkHttpClient http = new OkHttpClient();
  private final URI server;
  private final String schema;

  private AskIceberg(URI server, String schema) {
    this.server = server;
    this.schema = schema;
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err); // Trino logs
    Path warehouse = Files.createTempDirectory("ask-iceberg");
    DistributedQueryRunner trino =
        DistributedQueryRunner.builder(TestingSession.testSessionBuilder().build()).setNodeCount(1).build();
    trino.installPlugin(new IcebergPlugin());
    trino.createCatalog(
        "iceberg",
        "iceberg",
        Map.of(
            "iceberg.catalog.type", "TESTING_FILE_METASTORE",
            "hive.metastore.catalog.dir", warehouse.toUri().toString(),
            "iceberg.file-format", "PARQUET"));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int script = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      AskIceberg asker = new AskIceberg(trino.getCoordinator().getBaseUrl(), "script" + script++);
      out.println(JSON.writeValueAsString(asker.run(JSON.readTree(line))));
    }
    MoreFiles.deleteRecursively(warehouse, RecursiveDeleteOption.ALLOW_INSECURE);
    System.exit(0); // its threads would go on
  }

  private List<Map<String, Object>> run(JsonNode statements) {
    ask("CREATE SCHEMA " + schema);
    List<Map<String, Object>> answers = new ArrayList<>();
    for (JsonNode statement : statements) {
      answers.add(ask(inFull(statement.asText())));
    }
    return answers;
  }

  private String inFull(String sql) {
    Matcher placeholder = PLACEHOLDER.matcher(sql);
    if (!placeholder.find()) {
      return sql;
    }
    List<List<String>> snapshots = snapshots();
    return placeholder.replaceAll(
        found -> snapshots.get(Integer.parseInt(found.group(2)) - 1).get(found.group(1).equals("snapshot") ? 0 : 1));
  }

  @SuppressWarnings("unchecked")
  private List<List<String>> snapshots() {
    return (List<List<String>>) ask(SNAPSHOTS).getOrDefault("rows", List.of());
  }

  private Map<String, Object> ask(String sql) {
    ClientSession session =
        ClientSession.builder()
            .server(server)
            .user(Optional.of("asker"))
            .source("ask")
            .catalog("iceberg")
            .schema(schema)
            .timeZone(ZoneId.of("UTC"))
            .locale(Locale.ENGLISH)
            .clientRequestTimeout(Duration.valueOf("5m"))
            .build();
    try (StatementClient client = StatementClientFactory.newStatementClient(http, session, sql)) {
      List<List<String>> rows = new ArrayList<>();
      List<Column> columns = null;
      while (true) {
        boolean running = client.isRunning();
        var status = running ? client.currentStatusInfo() : client.finalStatusInfo();
        columns = status.getColumns() == null ? columns : status.getColumns();
        if (!running) {
          return answer(status.getError(), status.getUpdateType(), status.getUpdateCount(), columns, rows);
        }
        if (client.currentData().getData() != null) {
          client.currentData().getData().forEach(row -> rows.add(row.stream().map(AskIceberg::cell).toList()));
        }
        client.advance();
      }
    }
  }

  private Map<String, Object> answer(
      QueryError error, String updateType, Long count, List<Column> columns, List<List<String>> rows) {
    if (error != null) {
      return Map.of("error", error.getErrorName() + ": " + error.getMessage());
    }
    if (updateType != null) {
      return count == null ? Map.of() : Map.of("count", count);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("columns", columns.stream().map(Column::getName).toList());
    answer.put("types", columns.stream().map(Column::getType).toList());
    answer.put("rows", rows);
    return answer;
  }

  private static String cell(Object value) {
    return value == null ? null : text(value);
  }

  /** A value as Athena writes it. */
  private static String text(Object value) {
    if (value instanceof List<?> items) {
      return items.stream().map(AskIceberg::text).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> text(entry.getKey()) + "=" + text(entry.getValue()))
          .sorted()
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Row row) {
      return row.getFields().stream()
          .map(field -> field.getName().orElse("field" + field.getOrdinal()) + "=" + text(field.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value instanceof byte[] bytes ? HexFormat.ofDelimiter(" ").formatHex(bytes) : String.valueOf(value);
  }
}
