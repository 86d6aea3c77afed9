import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates files against flavours: {@code Vera 3a,ua1 first.pdf second.pdf}.
 *
 * <p>Prints one line per file and flavour and one per broken rule; the exit status is 1 when any
 * file breaks any rule.
 */
public class Vera {

  public static void main(String[] arguments) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean allCompliant = true;
    for (int i = 1; i < arguments.length; i++) {
      for (String flavour : arguments[0].split(",")) {
        allCompliant &= isCompliant(new File(arguments[i]), PDFAFlavour.byFlavourId(flavour));
      }
    }
    System.exit(allCompliant ? 0 : 1);
  }

  private static boolean isCompliant(File file, PDFAFlavour flavour) throws Exception {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      System.out.printf(
          "%s %s compliant=%s checks=%d%n",
          file.getName(), flavour.getId(), result.isCompliant(), result.getTotalAssertions());
      firstFailures(result).forEach((rule, message) -> System.out.println("  " + rule + " " + message));
      return result.isCompliant();
    }
  }

  /** Per broken rule the first place where it is broken. */
  private static Map<String, String> firstFailures(ValidationResult result) {
    Map<String, String> failures = new TreeMap<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() == TestAssertion.Status.FAILED) {
        failures.putIfAbsent(
            assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber(),
            assertion.getMessage() + " @ " + assertion.getLocation().getContext());
      }
    }
    return failures;
  }
}
