package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Counted;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.ParameterPlan;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Place.Array;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the places are called in a program's class at which values lie: constants of their numbers, after the values, so that
 * the bytecode is that of the numbers.
 */
final class PlaceNames {
    /** What stands in front of every array's first value. */
    private static final String LEAD = "LEAD";

    private static final String LOCAL = "LOCAL";

    /** Characters of a name; keys may be of any length. */
    private static final int LONGEST = 80;

    /**
     * Operands of a program from which on numbers stay numbers: a class file has room for 65,535 constants, and each name
     * takes fifty bytes. The training of DenseNet-121 has 4,700 operands.
     */
    private static final int MOST_OPERANDS = 20_000;

    private static final Map<Array, String> HEADINGS = new EnumMap<>(Map.of(
            Array.ARENA,
            "Where values lie in the arena, in floats for each sample that it has room for; those at 0 are not multiplied.",
            Array.SCRATCH,
            "Where lies in scratch what there is once for all samples.",
            Array.PREPARED,
            "Where lies in prepared what follows from parameters and buffers alone.",
            Array.PARAMETERS,
            "Where a parameter lies, in each array that has all of them.",
            Array.BUFFERS,
            "Where running statistics lie."));

    private record Key(Array array, int base) {}

    private record Known(Array array, int base, String content) {}

    private record Constant(String name, int number, String comment) {}

    private final Map<Known, Constant> constants = new LinkedHashMap<>();
    /** What lies at a place last, and what when the losses are known. */
    private final Map<Key, String> last = new HashMap<>();

    private final Map<Key, String> behindLosses = new HashMap<>();
    private final ValueNames values;
    private final Set<String> taken = new HashSet<>(Set.of(LEAD, LOCAL));
    private final Set<String> ofValues = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private final int local;
    private final boolean named;

    PlaceNames(Plan.Program program, ValueNames values) {
        this.values = values;
        local = program.local();
        Stream.of(program.steps(), program.outputs()).flatMap(List::stream).forEach(this::follow);
        long operands = Stream.of(program.prepare(), program.steps(), program.outputs())
                .flatMap(List::stream)
                .mapToLong(step -> step.operands().size())
                .sum();
        named = operands <= MOST_OPERANDS;
        if (named) {
            // what steps leave for others gives way to values, wherever it is met first
            name(program, true);
            ofValues.addAll(taken);
            name(program, false);
        }
    }

    private void follow(Step step) {
        for (int i = 0; i < step.operands().size(); i++) {
            Key key = key(step.operands().get(i));
            last.put(key, step.contents().get(i).name());
            if (step.phase() == Phase.FORWARD || step.phase() == Phase.LOSS) {
                behindLosses.put(key, step.contents().get(i).name());
            }
        }
    }

    private void name(Plan.Program program, boolean isValues) {
        Stream.of(program.prepare(), program.steps(), program.outputs())
                .flatMap(List::stream)
                .forEach(step -> name(step, isValues));
    }

    private void name(Step step, boolean isValues) {
        for (int i = 0; i < step.operands().size(); i++) {
            Place place = step.operands().get(i);
            Step.Content content = step.contents().get(i);
            if (ValueNames.hasEntries(place.array())) {
                if (isValues) {
                    parameter(place);
                }
            } else if (HEADINGS.containsKey(place.array()) && isValues == (content.shape() != null)) {
                Known known = new Known(place.array(), place.base(), content.name());
                if (!constants.containsKey(known)) {
                    int number = place.array() == Array.ARENA ? place.base() : Layout.LEAD + place.base();
                    constants.put(
                            known,
                            constant(content.name(), kind(step, content), number, comment(place, content.shape())));
                }
            }
        }
    }

    /** What is behind the name of something that no value is, where that is a value's, or another such thing's. */
    private String kind(Step step, Step.Content content) {
        if (content.shape() != null) {
            return "";
        } else if (ofValues.contains(wanted(content.name()))) {
            return "_PARTS";
        }
        return step.phase() == Phase.BACKWARD ? "_BACKWARD" : "";
    }

    /** Of a parameter, its gradient or a buffer; null where none begins there. */
    private Constant parameter(Place place) {
        ParameterPlan.Entry entry = values.entry(place);
        if (entry == null || !named) {
            return null;
        }
        boolean moved = place.array() == Array.GRADIENTS && entry.gradientOffset() != entry.offset();
        Array array = place.array() == Array.GRADIENTS && !moved ? Array.PARAMETERS : place.array();
        return constants.computeIfAbsent(
                new Known(array, place.base(), ""),
                any -> constant(
                        entry.parameter().key(),
                        moved ? "_GRADIENT" : "",
                        place.base(),
                        entry.parameter().declaration().shape().toString()));
    }

    private static String comment(Place place, Shape shape) {
        int floats = place.layout().size();
        String size = (place.array() == Array.ARENA ? "a sample has " : "") + Counted.of(floats, "float");
        return shape == null ? size + " between steps" : shape.rank() == 0 ? size : shape + ", " + size;
    }

    /**
     * A constant with a name of its own; where names are alike, the comment tells what they were made of.
     *
     * @param kind behind the name where that is another's
     */
    private Constant constant(String name, String kind, int number, String comment) {
        String wanted = wanted(name);
        String free = taken.contains(wanted) ? wanted + kind : wanted;
        String numbered = free;
        for (int i = 2; !taken.add(numbered); i++) {
            numbered = free + "_" + i;
        }
        boolean told = name.length() <= LONGEST && !numbered.equals(wanted);
        return new Constant(numbered, number, told ? SourceText.comment(name) + ": " + comment : comment);
    }

    private static String wanted(String name) {
        String wanted = SourceText.constant(SourceText.identifier(name));
        if (wanted.length() > LONGEST) {
            boolean pair = Character.isHighSurrogate(wanted.charAt(LONGEST - 1));
            wanted = wanted.substring(0, pair ? LONGEST - 1 : LONGEST);
        }
        boolean begins = !wanted.isEmpty() && Character.isJavaIdentifierStart(wanted.codePointAt(0));
        return begins ? wanted : "_" + wanted;
    }

    /** The index of a step's operand in its array. */
    String at(Step step, int operand) {
        return at(step.operands().get(operand), step.contents().get(operand).name());
    }

    /** Of what is there when the losses have been computed. */
    String result(Place place) {
        return at(place, behindLosses.getOrDefault(key(place), ""));
    }

    private static Key key(Place place) {
        return new Key(place.array(), place.base());
    }

    private String at(Place place, String content) {
        int offset = place.layout().offset();
        return switch (place.array()) {
            case ARENA -> inArena(place.base(), name(place, content), offset);
            case SCRATCH, PREPARED -> sum(name(place, content), Layout.LEAD + place.base(), offset);
            case PARAMETERS, GRADIENTS, BUFFERS -> sum(parameterName(place), place.base(), offset);
            case LOCAL -> "worker.index() * " + use(LOCAL) + " + " + lead(place.base() + offset);
            case INPUT, OUTPUT, TARGET ->
                Index.of("")
                        .plus("inputOffset", place.layout().size())
                        .plus(offset)
                        .toString();
            case INDEX_COUNTS -> String.valueOf(offset);
            default -> String.valueOf(place.base() + offset);
        };
    }

    private String inArena(int base, String name, int offset) {
        if (name == null) {
            return Index.of("")
                    .plus("capacity", base)
                    .plus(Layout.LEAD + offset)
                    .toString();
        }
        return (base == 0 ? name : "capacity * " + name) + " + " + lead(offset);
    }

    private String lead(int offset) {
        return offset == 0 ? use(LEAD) : "(" + use(LEAD) + " + " + offset + ")";
    }

    private static String sum(String name, int number, int offset) {
        return name == null ? String.valueOf(number + offset) : offset == 0 ? name : name + " + " + offset;
    }

    /**
     * Where something begins in the arena, for each sample of its capacity.
     *
     * @param gradient whether it is there behind the last step, and not behind the losses
     */
    String base(Place place, boolean gradient) {
        String name = name(place, (gradient ? last : behindLosses).getOrDefault(key(place), ""));
        return name == null ? String.valueOf(place.base()) : name;
    }

    /** Floats in front of its first element, besides. */
    String start(Place place) {
        int offset = place.layout().offset();
        return use(LEAD) + (offset == 0 ? "" : " + " + offset);
    }

    /** Floats that each worker has for itself. */
    String local() {
        return use(LOCAL);
    }

    private String name(Place place, String content) {
        Constant constant = constants.get(new Known(place.array(), place.base(), content));
        return constant == null ? null : use(constant.name());
    }

    private String parameterName(Place place) {
        Constant constant = parameter(place);
        return constant == null ? null : use(constant.name());
    }

    private String use(String name) {
        used.add(name);
        return name;
    }

    /** The constants that were asked for. */
    List<Code> declarations() {
        List<Code> declarations = new ArrayList<>();
        if (used.contains(LEAD)) {
            declarations.add(Code.of(
                    "/** Floats in front of the first value of an array: values begin with a line of the cache. */\n$L",
                    declaration(LEAD, Layout.LEAD)));
        }
        if (used.contains(LOCAL)) {
            declarations.add(Code.of("/** Floats that each worker has for itself. */\n$L", declaration(LOCAL, local)));
        }
        for (Array array : Array.values()) {
            Code.Builder section = Code.builder();
            constants.entrySet().stream()
                    .filter(each -> each.getKey().array() == array)
                    .map(Map.Entry::getValue)
                    .filter(constant -> used.contains(constant.name()))
                    .sorted(array == Array.ARENA ? (one, other) -> 0 : Comparator.comparingInt(Constant::number))
                    .forEach(constant -> section.add(
                            "$L // $L\n",
                            declaration(constant.name(), constant.number()).trim(),
                            constant.comment()));
            if (!section.isEmpty()) {
                String heading =
                        HEADINGS.getOrDefault(array, "Where gradients lie that do not lie as their parameters.");
                declarations.add(Code.builder()
                        .add("// $L\n", heading)
                        .add(section.build())
                        .build());
            }
        }
        return declarations;
    }

    private static String declaration(String name, int number) {
        return "private static final int " + name + " = " + number + ";\n";
    }
}
