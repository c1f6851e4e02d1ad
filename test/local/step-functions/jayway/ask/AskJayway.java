import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Reads a line with all documents and one for each path, and prints a line of JSON with the answers for each path. */
public final class AskJayway {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Configuration CONFIGURATION =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider())
          .mappingProvider(new JacksonMappingProvider())
          .build();

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    JsonNode documents = JSON.readTree(in.readLine());
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode question = JSON.readTree(line);
      out.println(JSON.writeValueAsString(answer(question.get("path").asText(), question.get("documents"), documents)));
    }
  }

  private static ObjectNode answer(String text, JsonNode places, JsonNode documents) {
    ObjectNode answer = JSON.createObjectNode();
    JsonPath path;
    try {
      path = JsonPath.compile(text);
    } catch (RuntimeException error) {
      return answer.put("refused", words(error));
    }
    answer.put("definite", path.isDefinite());
    ArrayNode answers = answer.putArray("answers");
    for (JsonNode place : places) {
      answers.addArray().add(place).add(read(path, documents.get(place.asInt()).toString()));
    }
    return answer;
  }

  private static ObjectNode read(JsonPath path, String document) {
    ObjectNode answer = JSON.createObjectNode();
    try {
      return answer.set("value", JSON.valueToTree(JsonPath.using(CONFIGURATION).parse(document).read(path)));
    } catch (RuntimeException error) {
      return answer.put("error", words(error));
    }
  }

  private static String words(RuntimeException error) {
    return error.getClass().getSimpleName() + ": " + error.getMessage();
  }
}
