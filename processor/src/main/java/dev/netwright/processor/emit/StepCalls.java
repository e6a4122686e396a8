package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.WORKER;

import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Planner;
import dev.netwright.processor.plan.Schedule;
import dev.netwright.processor.plan.Schedule.Stretch;
import dev.netwright.processor.plan.Step;
import dev.netwright.processor.plan.Step.Work.Unit;
import dev.netwright.processor.plan.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** A program's steps as statements: calls of kernels on this worker's share of their units, and the meetings between. */
final class StepCalls {
    private final KernelNames names;
    private final PlaceNames places;
    private final StepComments comments;
    private final BiFunction<Step, List<Kernel.Tap>, String> tables;
    private int chains;

    /** What the method's variable for a step's team has now: one for all, as there may be hundreds of steps; null for none. */
    private String teamSize;

    /** @param tables gives the name of the field that holds some of a step's taps */
    StepCalls(
            KernelNames names,
            PlaceNames places,
            StepComments comments,
            BiFunction<Step, List<Kernel.Tap>, String> tables) {
        this.names = names;
        this.places = places;
        this.comments = comments;
        this.tables = tables;
    }

    /** The calls, and the meetings before them, as the body of a method. */
    Code of(List<Stretch> stretches) {
        if (stretches.isEmpty()) {
            return Code.of("// nothing to do\n");
        }
        // names begin anew in each method, and so does what a reader of it was told
        chains = 0;
        teamSize = null;
        comments.begin();
        Code.Builder code = Code.builder();
        for (Stretch stretch : stretches) {
            if (stretch.meetAbove() == 0) {
                code.addStatement("worker.barrier()");
            } else if (stretch.meetAbove() != Schedule.NEVER) {
                code.addStatement("worker.meet(samples > $L)", stretch.meetAbove());
            }
            if (stretch.team().isOne()) {
                code.beginControlFlow("if (worker.index() == 0)");
                stretch.steps().forEach(step -> call(code, step, single(step)));
                code.endControlFlow();
                continue;
            }
            String team = team(code, stretch.team());
            if (stretch.isChain()) {
                chain(code, stretch, team);
            } else {
                Step step = stretch.steps().get(0);
                String units = units(step);
                call(code, step, team + ".begin(" + units + "),$W" + team + ".end(" + units + ")");
            }
        }
        return code.build();
    }

    /** All units of what one worker does. */
    private static String single(Step step) {
        boolean one = step.work().unit() == Unit.STEP && step.work().count() == 1;
        return one ? "" : "0,$W" + units(step);
    }

    /** The name of this worker as a member of a step's team. */
    private String team(Code.Builder code, Team team) {
        if (team.isWhole()) {
            return "worker";
        }
        String samples = team.times() == 1 ? "samples" : team.times() + " * samples";
        if (team.rounding() > 0) {
            samples = "(" + samples + " + " + team.rounding() + ")";
        }
        String size = team.times() == 0 ? "" : team.divisor() == 1 ? samples : samples + " / " + team.divisor();
        if (team.constant() > 0) {
            size = size.isEmpty() ? String.valueOf(team.constant()) : size + " + " + team.constant();
        }
        if (teamSize == null) {
            code.addStatement("$T team = worker.among($L)", WORKER, size);
        } else if (!teamSize.equals(size)) {
            code.addStatement("team = worker.among($L)", size);
        }
        teamSize = size;
        return "team";
    }

    /** Steps that each sample goes through by itself. */
    private void chain(Code.Builder code, Stretch stretch, String team) {
        String end = "end" + chains++;
        code.addStatement("int $L = $L.endTurn(samples)", end, team);
        code.beginControlFlow("for (int turn = $L.firstTurn(samples); turn < $L; turn++)", team, end);
        for (Step step : stretch.steps()) {
            if (stretch.links().contains(step)) {
                code.addStatement("$L.link(samples)", team);
            }
            String share = "(" + step.work().count() + ", turn, samples)";
            call(code, step, team + ".from" + share + ",$W" + team + ".to" + share);
        }
        code.endControlFlow();
    }

    /** A step's call for a share of its units, as two arguments; without a share for all of them. */
    private void call(Code.Builder code, Step step, String share) {
        code.add(comments.of(step));
        List<String> arguments = operands(step);
        if (!KernelKinds.isMethod(step.kernel())) {
            RuntimeCall call = KernelKinds.call(step.kernel(), taps -> tables.apply(step, taps));
            arguments.addAll(call.arguments());
            if (call.shared()) {
                arguments.add(share.isEmpty() ? "0,$W1" : share);
            }
            code.addStatement("$T.$L(" + String.join(",$W", arguments) + ")", call.owner(), call.method());
            return;
        }
        if (step.kernel().arguments().contains(Kernel.Argument.SAMPLES)) {
            arguments.add("samples");
        }
        arguments.add(share.isEmpty() ? "0,$W1" : share);
        code.addStatement("kernels.$L(" + String.join(",$W", arguments) + ")", names.name(step.kernel()));
    }

    private static String units(Step step) {
        int count = step.work().count();
        return switch (step.work().unit()) {
            case STEP -> String.valueOf(count);
            case SAMPLE -> count == 1 ? "samples" : count + " * samples";
            case GROUP -> {
                String groups = "(samples + " + (Planner.GROUP - 1) + ") / " + Planner.GROUP;
                yield count == 1 ? groups : count + " * (" + groups + ")";
            }
        };
    }

    /** Array and offset of each operand. */
    private List<String> operands(Step step) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < step.operands().size(); i++) {
            Place place = step.operands().get(i);
            texts.add(array(place, step.kernel().operands().get(i).type()));
            texts.add(places.at(step, i));
        }
        return texts;
    }

    private static String array(Place place, ElementType type) {
        return switch (place.array()) {
            case ARENA -> "arena";
            case SCRATCH -> "scratch";
            case PREPARED -> "prepared";
            case LOCAL -> "local";
            case PARAMETERS -> "parameters";
            case GRADIENTS -> "gradients";
            case BUFFERS -> "buffers";
            case CONSTANTS -> "constants";
            case INPUT ->
                switch (type) {
                            case FLOAT32 -> "inputs[";
                            case UINT8 -> "byteInputs[";
                            case INT32 -> "intInputs[";
                        }
                        + place.base() + "]";
            case INDEX_COUNTS -> "indexCounts[" + place.base() + "]";
            case FACTORS -> "lossScale";
            case LOSS_WEIGHTS -> "lossWeights";
            case OUTPUT -> "outputs[" + place.base() + "]";
            case TARGET -> (type == ElementType.INT32 ? "indexTargets[" : "floatTargets[") + place.base() + "]";
        };
    }
}
