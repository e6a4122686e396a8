package dev.netwright.processor.weights;

import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.declared.DeclaredWeights;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Member;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.runtime.files.WeightsHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys and shapes of a file against a network's parameters, by the rules by which models load files. What does not fit
 * is told at the field that it is of; of inherited fields at the class.
 */
public final class WeightsCheck {
    /** Beyond it the first tell what is wrong. */
    private static final int MOST_TOLD = 10;

    /** Beyond it the quadratic search for what was meant takes too long. */
    private static final int MOST_COMPARED = 2_000;

    private final Map<String, WeightsHeader.Entry> file;
    private final Network network;
    private final DeclaredNetwork declared;
    private final DeclaredWeights weights;
    private final ProblemReport report;

    /** Keys of the file that nothing takes and that have not been told. */
    private final Set<String> superfluous;

    private final List<String> untold = new ArrayList<>();
    private int told;

    private WeightsCheck(WeightsHeader header, Network network, DeclaredNetwork declared, ProblemReport report) {
        this.file = header.entries();
        this.network = network;
        this.declared = declared;
        this.weights = declared.weights();
        this.report = report;
        this.superfluous = new LinkedHashSet<>(file.keySet());
        keys(network).forEach(superfluous::remove);
    }

    /** Whether a network's models can be loaded from a file; what hinders it is reported. */
    public static boolean fits(WeightsHeader header, Network network, DeclaredNetwork declared, ProblemReport report) {
        return new WeightsCheck(header, network, declared, report).fits();
    }

    /** What models have to know of a file's header: of one that need not fit wholly, the part that they take. */
    public static WeightsHeader taken(WeightsHeader header, Network network, DeclaredWeights weights) {
        return weights.strict() ? header : header.only(keys(network));
    }

    private static List<String> keys(Network network) {
        return network.parameters().stream().map(Parameter::key).toList();
    }

    private boolean fits() {
        List<Parameter> missing = network.parameters().stream()
                .filter(parameter -> !file.containsKey(parameter.key()) && !mayBeMissing(parameter))
                .toList();
        if (missing.size() == network.parameters().size() && !missing.isEmpty()) {
            nothingFits(missing);
            return false;
        }
        network.parameters().forEach(this::checkForm);
        if (weights.strict()) {
            missing.forEach(this::tellMissing);
            List.copyOf(superfluous).forEach(this::tellSuperfluous);
        }
        if (!untold.isEmpty()) {
            report.add(
                    Problem.WEIGHTS_KEYS,
                    origin(),
                    "\"" + weights.name() + "\" does not fit " + network.name() + " in " + untold.size()
                            + (untold.size() == 1 ? " further key: " : " further keys: ") + SimilarNames.list(untold)
                            + ".");
        }
        return told == 0;
    }

    /** PyTorch before 0.4.1 saved no counters; behind a prefix they are missed as the others are. */
    private boolean mayBeMissing(Parameter parameter) {
        return parameter.declaration().kind() == Kind.COUNTER
                && superfluous.stream().noneMatch(key -> key.endsWith("." + parameter.key()));
    }

    private void nothingFits(List<Parameter> missing) {
        String first = missing.get(0).key();
        String behind = superfluous.stream()
                .filter(key -> key.endsWith("." + first))
                .findFirst()
                .map(key -> key.substring(0, key.length() - first.length()))
                .orElse(null);
        String what = behind == null
                ? "no key of \"" + weights.name() + "\" is one of " + network.name() + ", which has "
                        + SimilarNames.list(keys(network)) + "; the file has " + SimilarNames.list(file.keySet())
                        + ". Write @Key where names differ, or name another file."
                : "the keys of \"" + weights.name() + "\" begin with \"" + behind + "\", as in " + behind + first
                        + ", but those of " + network.name()
                        + " do not. Save the file without it: KeyMapping.of().stripPrefix(\"" + behind
                        + "\").apply(state) takes it off.";
        report.add(Problem.WEIGHTS_KEYS, origin(), what);
    }

    private void checkForm(Parameter parameter) {
        WeightsHeader.Entry entry = file.get(parameter.key());
        if (entry == null) {
            return;
        }
        boolean counter = parameter.declaration().kind() == Kind.COUNTER;
        boolean shaped = counter
                ? Arrays.stream(entry.shape()).allMatch(size -> size == 1)
                : Arrays.equals(entry.shape(), parameter.declaration().shape().toArray());
        if (shaped && entry.loadable()) {
            return;
        }
        String advice = shaped
                ? "Save it as floats."
                : "Change the layer, or name the file of this network; to train it anew, give the layer a @Key that"
                        + " the file does not have and write strict = false.";
        tell(
                parameter.key(),
                Problem.WEIGHTS_SHAPE,
                weights.name(),
                parameter.key(),
                entry,
                form(parameter),
                network.name(),
                advice);
    }

    private static String form(Parameter parameter) {
        return parameter.declaration().kind() == Kind.COUNTER
                ? "I64[]"
                : "F32" + Arrays.toString(parameter.declaration().shape().toArray());
    }

    private void tellMissing(Parameter parameter) {
        Optional<String> near = nearest(parameter.key());
        near.ifPresent(superfluous::remove);
        String advice = near.map(key -> "Did you mean \"" + key
                        + "\", which nothing takes? Write @Key for the layer, or" + " rename it in the file.")
                .orElse("Name a file that has it, or write strict = false to begin with what create(0) draws.");
        tell(
                parameter.key(),
                Problem.WEIGHTS_MISSING,
                weights.name(),
                parameter.key(),
                network.name(),
                form(parameter),
                advice);
    }

    private Optional<String> nearest(String key) {
        if (superfluous.size() > MOST_COMPARED) {
            return Optional.empty();
        }
        String last = key.substring(key.lastIndexOf('.') + 1);
        // a bias is never meant where there is a weight
        List<String> alike = superfluous.stream()
                .filter(other -> other.endsWith(last) || !other.contains("."))
                .toList();
        return SimilarNames.nearest(key, alike).or(() -> SimilarNames.nearest(key, superfluous));
    }

    private void tellSuperfluous(String key) {
        if (!superfluous.contains(key)) {
            return;
        }
        tell(
                key,
                Problem.WEIGHTS_UNEXPECTED,
                weights.name(),
                key,
                file.get(key),
                network.name(),
                "Declare the layer that it is of, or write strict = false to leave it out.");
    }

    private void tell(String key, Problem problem, Object... arguments) {
        told++;
        if (told > MOST_TOLD) {
            untold.add(key);
        } else {
            report.add(problem, place(key), arguments);
        }
    }

    private Origin origin() {
        return weights.origin().attribute("value");
    }

    /** The class's own field that a key is within; the class for inherited ones, and the annotation for none. */
    private Origin place(String key) {
        Map<String, DeclaredLayer> own = new LinkedHashMap<>();
        declared.layers().forEach(layer -> own.put(layer.fieldName(), layer));
        for (Member member : network.members()) {
            if (key.equals(member.key()) || key.startsWith(member.key() + ".")) {
                return own.containsKey(member.name()) ? own.get(member.name()).origin() : declared.origin();
            }
        }
        return origin();
    }
}
