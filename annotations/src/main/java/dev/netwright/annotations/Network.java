package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a neural network. From a class {@code CifarNet} the compiler writes {@code CifarNetModel} beside it, with
 * the forward pass, the backward pass and the training step for exactly these shapes; {@code Outer.Inner} becomes
 * {@code Outer_InnerModel}.
 *
 * <pre>{@code
 * @Network(input = {3, 32, 32})
 * @CrossEntropyLoss
 * class CifarNet {
 *     @Conv2d(outChannels = 32, kernelSize = 5, padding = 2) Layer conv1;
 *     @MaxPool2d(kernelSize = 2) Layer pool1;
 *     @Flatten Layer flatten;
 *     @Linear(outFeatures = 10) Layer fc;
 * }
 *
 * CifarNetModel net = CifarNetModel.create(42);
 * float loss = net.trainStep(images, labels, n, optimizer);
 * float[] logits = net.predict(images, n);
 * }</pre>
 *
 * <p>Fields of type {@link Layer} are the layers. In source order they form a chain; a layer that names its inputs by
 * {@code from} reads those instead, {@code "input"} being the network's own. The last field is the output unless fields
 * are marked {@link Output}. A loss on the class gives the model its {@code loss} and {@code trainStep} and types their
 * target.
 *
 * <p>A network may extend another one: see {@link InsertAfter}, {@link Remove} and {@link Frozen}. Fields of the same name
 * replace inherited layers, others are appended, and of losses, outputs and inputs those of the nearest class count. A class
 * that is only to be extended declares no input, and no model is written for it, of which a note tells where it has a loss
 * and is not abstract. Layers that recur are declared once as a
 * {@link Block}.
 *
 * <p>Shapes are those of one sample; the batch may have any size at run time. Where a {@code dim} is named, the batch
 * is dimension 0, as in PyTorch.
 *
 * <p>A field may have any name that Java allows: what is generated beside it gives way. Numbers written as
 * {@code double} are used as {@code float}; one that is not finite as a float is an error where it stands. A network has
 * at most 100 inputs, outputs and losses, and a layer at most 100 inputs.
 *
 * <p>The class is only read. It is never instantiated, generated code does not refer to it, and it may be final or
 * nested, with any access and any constructors. Interfaces, records, enums and type parameters are refused. Compilers show
 * processors no classes within methods: of those no model is made.
 *
 * <h2>{@code cannot find symbol class CifarNetModel}</h2>
 *
 * <p>The annotation processor did not run. From JDK 23 on, javac runs no processor that it merely finds on the class
 * path; it has to be named, in Maven by
 *
 * <pre>{@code
 * <plugin>
 *   <groupId>org.apache.maven.plugins</groupId>
 *   <artifactId>maven-compiler-plugin</artifactId>
 *   <configuration>
 *     <annotationProcessorPaths>
 *       <path>
 *         <groupId>dev.netwright</groupId>
 *         <artifactId>netwright-processor</artifactId>
 *         <version>${netwright.version}</version>
 *       </path>
 *     </annotationProcessorPaths>
 *     <compilerArgs>
 *       <arg>--add-modules</arg>
 *       <arg>jdk.incubator.vector</arg>
 *     </compilerArgs>
 *   </configuration>
 * </plugin>
 * }</pre>
 *
 * <p>where {@code netwright.version} is the version of {@code netwright-annotations}; in Gradle by
 * {@code annotationProcessor("dev.netwright:netwright-processor:VERSION")}. The two compiler arguments are what vector
 * kernels need, together with {@code --add-modules jdk.incubator.vector} when the program runs; without them the
 * kernels are scalar. An error reported in the declaration itself also leaves the model unwritten: mend the first
 * message first. And a network without an input has none: it is to be extended.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Network {
    /**
     * The shape of one sample, without the batch. Left out where {@link Input} names the inputs, and in a class that is
     * only to be extended, for which no model is written.
     *
     * @return positive sizes: channels, height and width of an image, or the number of features
     */
    int[] input() default {};

    /**
     * What one value of the input is, and so which array the generated methods take: {@code byte[]} for
     * {@link InputType#UINT8}, say. Inputs declared by {@link Input} write theirs there.
     *
     * @return {@code float} unless written
     */
    InputType type() default InputType.FLOAT32;

    /**
     * Whether {@code backward} also computes the gradient of the input, for {@code net.inputGradient()}. Without it no
     * code exists for it. There is none by bytes and ints.
     *
     * @return false unless written
     */
    boolean inputGradient() default false;

    /**
     * What the compiler may trade for speed.
     *
     * @return {@link Precision#DEFAULT} unless written
     */
    Precision precision() default Precision.DEFAULT;
}
