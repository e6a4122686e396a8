package dev.netwright.training.tensorboard;

import dev.netwright.training.tensorboard.proto.DataType;
import dev.netwright.training.tensorboard.proto.PrCurvePluginData;
import dev.netwright.training.tensorboard.proto.Summary;
import dev.netwright.training.tensorboard.proto.TensorProto;

/** Precision and recall over 127 thresholds, evenly from 0 to 1: more, and TensorBoard's own writers fail. */
final class PrCurve {
    static final int THRESHOLDS = 127;
    private static final double LEAST_COUNT = 1e-7;

    private PrCurve() {}

    static Summary.Value of(String tag, boolean[] labels, float[] scores) {
        if (labels.length != scores.length || labels.length == 0) {
            throw new IllegalArgumentException("A precision-recall curve needs as many labels as scores, and at least"
                    + " one, but there are " + labels.length + " and " + scores.length + ".");
        }
        double[] truePositives = new double[THRESHOLDS];
        double[] falsePositives = new double[THRESHOLDS];
        for (int i = 0; i < scores.length; i++) {
            if (!(scores[i] >= 0 && scores[i] <= 1)) {
                throw new IllegalArgumentException("Scores are probabilities from 0 to 1, but score " + i + " is "
                        + scores[i] + ". Apply a sigmoid or softmax to logits first.");
            }
            (labels[i] ? truePositives : falsePositives)[(int) (scores[i] * (THRESHOLDS - 1))]++;
        }
        for (int t = THRESHOLDS - 2; t >= 0; t--) {
            truePositives[t] += truePositives[t + 1];
            falsePositives[t] += falsePositives[t + 1];
        }
        return Summary.Value.newBuilder()
                .setTag(tag)
                .setMetadata(Summaries.plugin(
                        "pr_curves",
                        PrCurvePluginData.newBuilder()
                                .setNumThresholds(THRESHOLDS)
                                .build()
                                .toByteString()))
                .setTensor(rows(truePositives, falsePositives))
                .build();
    }

    private static TensorProto rows(double[] truePositives, double[] falsePositives) {
        float[] rows = new float[6 * THRESHOLDS];
        for (int t = 0; t < THRESHOLDS; t++) {
            double tp = truePositives[t];
            double fp = falsePositives[t];
            double fn = truePositives[0] - tp;
            double[] column = {
                tp,
                fp,
                falsePositives[0] - fp,
                fn,
                tp / Math.max(LEAST_COUNT, tp + fp),
                tp / Math.max(LEAST_COUNT, tp + fn)
            };
            for (int row = 0; row < column.length; row++) {
                rows[row * THRESHOLDS + t] = (float) column[row];
            }
        }
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(Summaries.shape(6, THRESHOLDS));
        for (float value : rows) {
            tensor.addFloatVal(value);
        }
        return tensor.build();
    }
}
