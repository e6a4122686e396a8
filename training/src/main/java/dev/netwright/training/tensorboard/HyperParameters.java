package dev.netwright.training.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.Value;
import dev.netwright.training.tensorboard.proto.Experiment;
import dev.netwright.training.tensorboard.proto.HParamInfo;
import dev.netwright.training.tensorboard.proto.HParamType;
import dev.netwright.training.tensorboard.proto.HParamsPluginData;
import dev.netwright.training.tensorboard.proto.MetricInfo;
import dev.netwright.training.tensorboard.proto.MetricName;
import dev.netwright.training.tensorboard.proto.SessionEndInfo;
import dev.netwright.training.tensorboard.proto.SessionStartInfo;
import dev.netwright.training.tensorboard.proto.Summary;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The three messages of a run with its hyperparameters: what there is, what was chosen, that it ended well. */
final class HyperParameters {
    private HyperParameters() {}

    static List<Summary.Value> of(Map<String, ?> hparams, Set<String> metrics) {
        Experiment.Builder experiment = Experiment.newBuilder();
        SessionStartInfo.Builder start = SessionStartInfo.newBuilder();
        hparams.forEach((name, value) -> {
            experiment.addHparamInfos(HParamInfo.newBuilder().setName(name).setType(type(name, value)));
            start.putHparams(name, value(value));
        });
        for (String metric : metrics) {
            experiment.addMetricInfos(
                    MetricInfo.newBuilder().setName(MetricName.newBuilder().setTag(metric)));
        }
        SessionEndInfo end = SessionEndInfo.newBuilder()
                .setStatus(SessionEndInfo.Status.STATUS_SUCCESS)
                .build();
        return List.of(
                summary(
                        "experiment",
                        HParamsPluginData.newBuilder().setExperiment(experiment).build()),
                summary(
                        "session_start_info",
                        HParamsPluginData.newBuilder()
                                .setSessionStartInfo(start)
                                .build()),
                summary(
                        "session_end_info",
                        HParamsPluginData.newBuilder().setSessionEndInfo(end).build()));
    }

    private static Summary.Value summary(String name, HParamsPluginData data) {
        ByteString content = data.toByteString();
        return Summary.Value.newBuilder()
                .setTag("_hparams_/" + name)
                .setMetadata(Summaries.plugin("hparams", content))
                .build();
    }

    /** PyTorch calls a bool FLOAT64, since Python's bool is an int; here it is BOOL, for which the page has a box. */
    private static HParamType type(String name, Object value) {
        if (value instanceof Boolean) {
            return HParamType.DATA_TYPE_BOOL;
        }
        if (value instanceof Number) {
            return HParamType.DATA_TYPE_FLOAT64;
        }
        if (value instanceof CharSequence || value instanceof Enum<?>) {
            return HParamType.DATA_TYPE_STRING;
        }
        throw new IllegalArgumentException("A hyperparameter is a number, a boolean, a string or an enum, but " + name
                + " is " + (value == null ? "null" : "a " + value.getClass().getName())
                + ". Write its text or a number in its place.");
    }

    private static Value value(Object value) {
        if (value instanceof Boolean truth) {
            return Value.newBuilder().setBoolValue(truth).build();
        }
        if (value instanceof Number number) {
            return Value.newBuilder().setNumberValue(number.doubleValue()).build();
        }
        return Value.newBuilder().setStringValue(value.toString()).build();
    }
}
