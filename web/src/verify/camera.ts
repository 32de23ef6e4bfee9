/** The camera: looks for a code until one is found or the person stops. */
import { read_codes } from "./codes.ts";

/** Shows the camera in `video`; answers the codes of the first frame that has any, null when `signal` ends it. Throws when there is no camera. */
export async function look(video: HTMLVideoElement, signal: AbortSignal): Promise<string[] | null> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } },
  });
  const canvas = document.createElement("canvas");
  try {
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      const context = canvas.getContext("2d", { willReadFrequently: true });
      if (context && canvas.width > 0) {
        context.drawImage(video, 0, 0);
        const codes = await read_codes(context.getImageData(0, 0, canvas.width, canvas.height), "quick");
        if (codes.length > 0) return codes;
      }
      await new Promise((next) => setTimeout(next, 60));
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}
