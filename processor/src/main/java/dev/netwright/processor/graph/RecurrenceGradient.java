package dev.netwright.processor.graph;

import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Recurrence.Action;
import dev.netwright.processor.graph.Recurrence.Assign;
import dev.netwright.processor.graph.Recurrence.Multiply;
import dev.netwright.processor.graph.Recurrence.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The gradient of a loop over time: a loop back through it, which takes at each step what the step after leaves of the
 * gradients by the states. Of a weight it is one product over all steps, for which the gradients of its results have rows.
 */
final class RecurrenceGradient {
    /** One of the summands of a gradient: a formula of some parts. */
    private record Term(Expr expr, List<Part> parts) {}

    /** What a product gives its input: the product back of the gradient of its results. */
    private record Back(Multiply product, Part gradient) {}

    private final Lowering l;
    private final Node node;
    private final Recurrence forward;
    private final Map<Value, Value> given;
    private final Set<Value> wanted;

    private final ScanDraft draft = new ScanDraft();
    private final Map<Part, List<Term>> terms = new LinkedHashMap<>();
    private final Map<Part, List<Back>> backs = new LinkedHashMap<>();
    /** Gradients of what the forward reads or makes, by its number; of states, what one step leaves to the next. */
    private final Map<Integer, Part> gradients = new LinkedHashMap<>();

    private final Map<Integer, Part> carried = new LinkedHashMap<>();

    /**
     * @param given the gradients by the node's outputs
     * @param wanted what gradients are asked of
     */
    RecurrenceGradient(Lowering lowering, Node node, Map<Value, Value> given, Set<Value> wanted) {
        this.l = lowering;
        this.node = node;
        this.forward = ((Primitive.Scan) node.operator()).recurrence();
        this.given = given;
        this.wanted = wanted;
        // so that these have the numbers of the forward
        node.inputs().forEach(draft::input);
        node.outputs().forEach(draft::input);
    }

    /** Writes the loop, adds to the gradients of its weights, and returns those by its other inputs. */
    Map<Value, Value> write() {
        carry();
        for (int i = forward.body().size() - 1; i >= 0; i--) {
            Action action = forward.body().get(i);
            if (action instanceof Assign assign) {
                back(assign);
            } else {
                back((Multiply) action);
            }
        }
        carried.forEach(this::leave);
        Map<Value, Value> byInputs = byRows();
        draft.write(l, forward.steps(), !forward.descending());
        forward.products().forEach(this::byWeight);
        byFirst(byInputs);
        return byInputs;
    }

    /** States are known by their first values, which each has. */
    private void carry() {
        for (Action first : forward.before()) {
            Part state = first.to();
            Part carry = made(".carry" + state.value(), Shape.of(state.size()));
            carried.put(state.value(), carry);
            draft.before(new Assign("Carry" + state.value(), carry, Dual.fixed(0), List.of()));
        }
    }

    /** What a step leaves of the gradient by a state to the step before. */
    private void leave(int state, Part carry) {
        boolean reached = sum("State" + state, previous(state), carry, List.of());
        if (reached && forward.cut() != null) {
            Expr kept = Expr.select(Comparison.GT, Expr.arg(1), Expr.constant(0), Expr.constant(0), Expr.arg(0));
            draft.add(new Assign("Cut" + state, carry, Dual.fixed(kept), List.of(carry, forward.cut())));
        }
    }

    private Part previous(int state) {
        return new Part(state, 1 - forward.made(), 0, carried.get(state).size());
    }

    private void back(Assign assign) {
        Part to = assign.to();
        Part gradient = gradient(assign);
        if (!sum(assign.name(), to, gradient, fromOutside(to))) {
            return;
        }
        int n = assign.arguments().size();
        for (int i = 0; i < n; i++) {
            Part argument = assign.arguments().get(i);
            Expr slope =
                    Exprs.replace(assign.formula().slope(i), assign.formula().value(), Expr.arg(n));
            if (!Dual.isZero(slope) && isWanted(argument)) {
                List<Part> parts = new ArrayList<>(assign.arguments());
                parts.add(to);
                parts.add(gradient);
                terms.computeIfAbsent(argument, any -> new ArrayList<>())
                        .add(new Term(Dual.product(Expr.arg(n + 1), slope), parts));
            }
        }
    }

    private void back(Multiply product) {
        Part to = product.to();
        Part gradient = gradient(product);
        boolean reached = false;
        List<Part> parts = terms.keySet().stream().filter(to::holds).toList();
        if (parts.isEmpty() || parts.contains(to)) {
            reached = sum(product.name(), to, gradient, fromOutside(to));
        } else {
            for (Part part : parts) {
                Part of = gradient.part(part.from(), part.size());
                reached |= sum(product.name() + part.from(), part, of, fromOutside(part));
            }
            check(parts.stream().mapToInt(Part::size).sum() == to.size(), product, "is not read as a whole");
        }
        if (!reached) {
            gradients.remove(to.value());
            return;
        }
        for (Part addend : product.addends()) {
            if (isWanted(addend)) {
                terms.computeIfAbsent(addend, any -> new ArrayList<>()).add(new Term(Expr.arg(0), List.of(gradient)));
            }
        }
        if (isWanted(product.x())) {
            backs.computeIfAbsent(product.x(), any -> new ArrayList<>()).add(new Back(product, gradient));
        }
    }

    /** Rows where products over all steps read them, or where they are what is given; else one place. */
    private Part gradient(Action action) {
        boolean rows = action instanceof Multiply;
        int size = action.to().size();
        Part gradient = made("." + action.name() + ".grad", rows ? Shape.of(forward.steps(), size) : Shape.of(size));
        gradients.put(action.to().value(), gradient);
        return gradient;
    }

    /** What a result gets besides from what is done with it in its own step. */
    private List<Term> fromOutside(Part part) {
        List<Term> outside = new ArrayList<>();
        Value ofValue = given.get(Recurrence.value(node, part.value()));
        if (ofValue != null) {
            outside.add(new Term(
                    Expr.arg(0), List.of(new Part(draft.input(ofValue), part.row(), part.from(), part.size()))));
        }
        Part carry = carried.get(part.value());
        if (carry != null) {
            outside.add(new Term(Expr.arg(0), List.of(carry.part(part.from(), part.size()))));
        }
        return outside;
    }

    /**
     * Writes the sum of all that reads a part.
     *
     * @return whether there is any
     */
    private boolean sum(String name, Part part, Part to, List<Term> outside) {
        List<Term> all = new ArrayList<>(outside);
        all.addAll(terms.getOrDefault(part, List.of()));
        List<Back> products = backs.getOrDefault(part, List.of());
        if (all.isEmpty() && products.isEmpty()) {
            if (carried.containsValue(to)) {
                draft.add(new Assign(name + "Grad", to, Dual.fixed(0), List.of()));
            }
            return false;
        }
        if (!all.isEmpty()) {
            List<Part> arguments = new ArrayList<>();
            Expr sum = null;
            for (Term term : all) {
                Expr expr = Exprs.substitute(term.expr(), i -> {
                    Part argument = term.parts().get(i);
                    if (!arguments.contains(argument)) {
                        arguments.add(argument);
                    }
                    return Expr.arg(arguments.indexOf(argument));
                });
                sum = sum == null ? expr : sum.plus(expr);
            }
            draft.add(new Assign(name + "Grad", to, Dual.fixed(sum), arguments));
        }
        boolean adds = !all.isEmpty();
        for (Back back : products) {
            List<Part> addends = adds ? List.of(to) : List.of();
            int weight = back.product().weight();
            draft.add(new Multiply(name + "Back", to, back.gradient(), weight, Multiply.NONE, true, addends));
            adds = true;
        }
        return true;
    }

    /** The gradients by what has a row for each step. */
    private Map<Value, Value> byRows() {
        Map<Value, Value> byInputs = new LinkedHashMap<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            Value input = node.inputs().get(i);
            int number = i;
            List<Part> read = terms.keySet().stream()
                    .filter(part -> part.value() == number)
                    .toList();
            if (read.isEmpty() || !input.batched() || input.shape().rank() != 2) {
                continue;
            }
            Value same = alike(read, input);
            if (same != null) {
                byInputs.put(input, same);
                continue;
            }
            Part gradient = made(".given" + i + ".grad", input.shape());
            boolean whole = read.stream().mapToInt(Part::size).sum() == gradient.size();
            if (!whole) {
                draft.add(new Assign("Given" + i + "Zero", gradient, Dual.fixed(0), List.of()));
            }
            read.forEach(part -> sum(
                    "Given" + number + "At" + part.from(), part, gradient.part(part.from(), part.size()), List.of()));
            byInputs.put(input, draft.made(gradient));
        }
        return byInputs;
    }

    /** The gradient of what a value is added to, if that is all that is done with it. */
    private Value alike(List<Part> read, Value input) {
        List<Term> all = terms.get(read.get(0));
        if (read.size() > 1 || all.size() > 1 || !all.get(0).expr().equals(Expr.arg(0))) {
            return null;
        }
        Part part = all.get(0).parts().get(0);
        boolean rows = ScanDraft.isMade(part) && draft.made(part).shape().equals(input.shape());
        return rows ? draft.made(part) : null;
    }

    /** What the loop leaves is the gradient by what it began with. */
    private void byFirst(Map<Value, Value> byInputs) {
        for (Action first : forward.before()) {
            Assign assign = (Assign) first;
            for (Part initial : assign.arguments()) {
                Value value = Recurrence.value(node, initial.value());
                if (wanted.contains(value)) {
                    Value left = draft.made(carried.get(first.to().value()));
                    Value gradient = value.batched()
                            ? left
                            : l.reduceBatch(".first.grad", Reduce.Kind.SUM, Expr.arg(0), List.of(), left);
                    check(byInputs.put(value, gradient) == null, first, "begins with what something else does");
                }
            }
        }
    }

    private void byWeight(Multiply product) {
        Part part = gradients.get(product.to().value());
        if (part == null) {
            return;
        }
        Value gradient = draft.made(part);
        Value bias = product.bias() == Multiply.NONE ? null : node.inputs().get(product.bias());
        if (bias != null && wanted.contains(bias)) {
            l.accumulate(bias, l.reduceBatch(".bias.grad", Reduce.Kind.SUM, Expr.arg(0), List.of(0), gradient));
        }
        Value x = Recurrence.value(node, product.x().value());
        if (forward.isState(x)) {
            x = l.slice(".steps", x, 0, product.x().row(), forward.steps());
        }
        l.productWeightGradient(x, gradient, node.inputs().get(product.weight()));
    }

    /** Whether a gradient by it leads to anything: by what the loop makes, and by what is asked for. */
    private boolean isWanted(Part part) {
        return part.value() >= node.inputs().size()
                || wanted.contains(node.inputs().get(part.value()));
    }

    private Part made(String suffix, Shape shape) {
        Value value = l.value(suffix, shape, true);
        return new Part(draft.output(value), 0, 0, shape.size(shape.rank() - 1));
    }

    private void check(boolean condition, Action action, String what) {
        if (!condition) {
            throw new IllegalStateException(node.name() + ": " + action.name() + " " + what);
        }
    }
}
