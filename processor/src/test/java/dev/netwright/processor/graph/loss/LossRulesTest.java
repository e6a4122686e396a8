package dev.netwright.processor.graph.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.reference.AnnotationAttributes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossRulesTest {
    private static Loss loss(String annotation, Map<String, Object> written, Shape input) {
        return Losses.factory(annotation).create(AnnotationAttributes.of(annotation, written), List.of(input));
    }

    private static LayerException refused(String annotation, Map<String, Object> written, Shape input) {
        return catchThrowableOfType(LayerException.class, () -> loss(annotation, written, input));
    }

    @Test
    void indicesHaveOneForEachPlace() {
        Loss loss = loss("CrossEntropyLoss", Map.of(), Shape.of(10, 4, 5));
        assertThat(loss.target()).isEqualTo(Shape.of(4, 5));
        assertThat(loss.indices()).isTrue();
        assertThat(loss.classes()).isEqualTo(10);
        assertThat(loss("NLLLoss", Map.of(), Shape.of(10)).target()).isEqualTo(Shape.of());
    }

    @Test
    void probabilitiesHaveTheShapeOfTheScoresAndALossForEachPlace() {
        Loss loss = loss("CrossEntropyLoss", Map.of("probabilities", true), Shape.of(10, 4));
        assertThat(loss.target()).isEqualTo(Shape.of(10, 4));
        assertThat(loss.losses()).isEqualTo(Shape.of(4));
        assertThat(loss.indices()).isFalse();
        assertThat(refused("CrossEntropyLoss", Map.of("probabilities", true, "ignoreIndex", 1), Shape.of(10)))
                .hasMessage("ignoreIndex of %s is 1, but its targets are probabilities");
    }

    @Test
    void weightsAreOneForEachClass() {
        LayerException e = refused("NLLLoss", Map.of("weight", List.of(1.0, 2.0)), Shape.of(3));
        assertThat(e.attribute()).isEqualTo("weight");
        assertThat(e).hasMessage("weight of %s has 2 values, but there are 3 classes");
    }

    @Test
    void smoothingIsAShare() {
        assertThat(refused("CrossEntropyLoss", Map.of("labelSmoothing", 1.1), Shape.of(3)))
                .hasMessage("labelSmoothing of %s is 1.1, but must be from 0 to 1");
    }

    @Test
    void classesNeedADimension() {
        assertThat(refused("CrossEntropyLoss", Map.of(), Shape.of()))
                .hasMessage("%s needs a score for each class but receives a single number");
    }

    private static LayerException refusedOfSeveral(String annotation, Shape... inputs) {
        return catchThrowableOfType(
                LayerException.class,
                () -> Losses.factory(annotation)
                        .create(AnnotationAttributes.of(annotation, Map.of("of", List.of("a", "b"))), List.of(inputs)));
    }

    @Test
    void boundsAreChecked() {
        assertThat(refused("HuberLoss", Map.of("delta", 0.0), Shape.of(3)))
                .hasMessage("delta of %s is 0.0, but must be above 0");
        assertThat(refused("SmoothL1Loss", Map.of("beta", -1.0), Shape.of(3)))
                .hasMessage("beta of %s is -1.0, but must be at least 0");
        assertThat(refused("PoissonNLLLoss", Map.of("eps", -1.0), Shape.of(3)))
                .hasMessage("eps of %s is -1.0, but must be at least 0");
        assertThat(refused("HingeEmbeddingLoss", Map.of("margin", Double.NaN), Shape.of(3)))
                .hasMessage("margin of %s is NaN, but must be finite as a float");
    }

    @Test
    void onlyDivergencesAreDividedBySamples() {
        assertThat(loss("KLDivLoss", Map.of("reduction", "BATCHMEAN"), Shape.of(3))
                        .reduction())
                .isEqualTo(Loss.Reduction.BATCHMEAN);
        assertThat(refused("HuberLoss", Map.of("reduction", "BATCHMEAN"), Shape.of(3)))
                .hasMessage("reduction of %s is BATCHMEAN, which KLDivLoss alone has");
    }

    @Test
    void marginsAreOfVectorsOfScores() {
        assertThat(refused("MultiMarginLoss", Map.of(), Shape.of(3, 2)))
                .hasMessage("%s needs a vector with a score for each class but receives the shape 3 x 2");
        assertThat(refused("MultiMarginLoss", Map.of("p", 3), Shape.of(3)))
                .hasMessage("p of %s is 3, but must be 1 or 2");
        assertThat(refused("MultiMarginLoss", Map.of("weight", List.of(1.0)), Shape.of(3)))
                .hasMessage("weight of %s has 1 values, but there are 3 classes");
        assertThat(loss("MultiLabelMarginLoss", Map.of(), Shape.of(3)).target()).isEqualTo(Shape.of(3));
    }

    @Test
    void tripletsTakeNoTarget() {
        Map<String, Object> written = Map.of("of", List.of("a", "b", "c"));
        Loss loss = Losses.factory("TripletMarginLoss")
                .create(
                        AnnotationAttributes.of("TripletMarginLoss", written),
                        List.of(Shape.of(4, 3), Shape.of(4, 3), Shape.of(4, 3)));
        assertThat(loss.hasTarget()).isFalse();
        assertThat(loss.losses()).isEqualTo(Shape.of(4, 1));
        assertThat(Losses.outputs("TripletMarginLoss")).isEqualTo(3);
    }

    @Test
    void comparedOutputsAreAlike() {
        assertThat(refusedOfSeveral("MarginRankingLoss", Shape.of(3), Shape.of(4)))
                .hasMessage("%s compares outputs of the shapes 3 and 4");
        assertThat(refusedOfSeveral("CosineEmbeddingLoss", Shape.of(3, 2), Shape.of(3, 2)))
                .hasMessage("%s compares vectors but receives outputs of the shape 3 x 2");
        assertThat(refusedOfSeveral("GaussianNLLLoss", Shape.of(3, 2), Shape.of(3)))
                .hasMessage("%s receives means of 3 x 2 and variances of 3");
    }

    @Test
    void weightsOfBinaryLossesFollowTheLastDimension() {
        assertThat(loss("BCEWithLogitsLoss", Map.of("posWeight", List.of(1.0, 2.0, 3.0)), Shape.of(2, 3))
                        .target())
                .isEqualTo(Shape.of(2, 3));
        assertThat(refused("BCEWithLogitsLoss", Map.of("weight", List.of(1.0, 2.0)), Shape.of(2, 3)))
                .hasMessage("weight of %s has 2 values, but the last dimension of 2 x 3 has the size 3");
    }

    @Test
    void sequencesAreOfStepsAndClasses() {
        assertThat(loss("CTCLoss", Map.of("maxTarget", 4), Shape.of(10, 5)).target())
                .isEqualTo(Shape.of(4));
        assertThat(refused("CTCLoss", Map.of("maxTarget", 4), Shape.of(10)))
                .hasMessage("%s needs the log-probabilities of T x C, steps and classes, but receives the shape 10");
        assertThat(refused("CTCLoss", Map.of("maxTarget", 4, "blank", 5), Shape.of(10, 5)))
                .hasMessage("blank of %s is 5, but there are 5 classes, from 0");
        assertThat(refused("CTCLoss", Map.of("maxTarget", 0), Shape.of(10, 5)))
                .hasMessage("maxTarget of %s is 0, but must be at least 1");
    }
}
