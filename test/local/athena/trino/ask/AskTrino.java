import com.fasterxml.jackson.databind.ObjectMapper;
import io.trino.Session;
import io.trino.spi.TrinoException;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.SqlVarbinary;
import io.trino.spi.type.TimeZoneKey;
import io.trino.spi.type.Type;
import io.trino.sql.parser.ParsingException;
import io.trino.testing.LocalQueryRunner;
import io.trino.testing.MaterializedResult;
import io.trino.testing.MaterializedRow;
import io.trino.testing.TestingSession;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks Trino each query of its input, a line of JSON, and prints a line of JSON for each: types and rows, or an error. */
public final class AskTrino {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err); // Trino logs
    Session session =
        TestingSession.testSessionBuilder()
            .setTimeZoneKey(TimeZoneKey.UTC_KEY)
            .setLocale(Locale.ENGLISH)
            .setStart(Instant.parse("2024-02-10T08:30:00Z"))
            .setCatalog(Optional.empty())
            .setSchema(Optional.empty())
            .build();
    LocalQueryRunner trino = LocalQueryRunner.create(session);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(JSON.writeValueAsString(answer(trino, session, JSON.readValue(line, String.class))));
    }
    System.exit(0); // its threads would go on
  }

  private static Map<String, Object> answer(LocalQueryRunner trino, Session session, String sql) {
    try {
      MaterializedResult result = trino.execute(session, sql);
      List<Type> types = result.getTypes();
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("types", types.stream().map(Type::getDisplayName).toList());
      answer.put("rows", result.getMaterializedRows().stream().map(row -> texts(row, types)).toList());
      return answer;
    } catch (RuntimeException | Error error) {
      return Map.of("error", words(error));
    }
  }

  private static List<String> texts(MaterializedRow row, List<Type> types) {
    List<String> texts = new ArrayList<>();
    for (int field = 0; field < types.size(); field++) {
      Object value = row.getField(field);
      texts.add(value == null ? null : text(types.get(field), value));
    }
    return texts;
  }

  /** A value as Athena writes it, but for the digits of a second. */
  private static String text(Type type, Object value) {
    if (value == null) {
      return "null";
    }
    if (type instanceof ArrayType array) {
      return ((List<?>) value)
          .stream().map(item -> text(array.getElementType(), item)).collect(Collectors.joining(", ", "[", "]"));
    }
    if (type instanceof MapType map) {
      return ((Map<?, ?>) value)
          .entrySet().stream()
              .map(entry -> text(map.getKeyType(), entry.getKey()) + "=" + text(map.getValueType(), entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
    }
    if (type instanceof RowType row) {
      List<?> values = (List<?>) value;
      List<String> fields = new ArrayList<>();
      for (RowType.Field field : row.getFields()) {
        int place = fields.size();
        fields.add(field.getName().orElse("field" + place) + "=" + text(field.getType(), values.get(place)));
      }
      return "{" + String.join(", ", fields) + "}";
    }
    return value instanceof SqlVarbinary bytes ? HexFormat.ofDelimiter(" ").formatHex(bytes.getBytes()) : value.toString();
  }

  /** Trino's name of the error and its words; the class of what is none of Trino's. */
  private static String words(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof TrinoException trino) {
        return trino.getErrorCode().getName() + ": " + trino.getMessage();
      }
      if (cause instanceof ParsingException) {
        return "SYNTAX_ERROR: " + cause.getMessage();
      }
    }
    return error.getClass().getSimpleName();
  }
}
