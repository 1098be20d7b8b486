package dev.holdfast.testkit.faults;
import dev.holdfast.core.retry.Replay;
import org.junit.jupiter.api.Test;
class Measure0Test {
  @Test void m() throws Exception {
    StringBuilder out = new StringBuilder();
    for (Fault f : java.util.List.of(Fault.GARBAGE,Fault.ENDLESS_1XX,Fault.TLS_BROKEN,Fault.TLS_UNTRUSTED,Fault.IDLE_SPOKEN)) for (boolean pooled : new boolean[]{false,true}) for (Client c : Client.values()) {
      if (c.isAsync()) continue;
      if (pooled && (f.talk()==null||f.isTls())) continue; if (!pooled && f.isIdle()) continue;
      StringBuilder row = new StringBuilder(String.format("%-22s|%-6s|%-6s", f, pooled?"pooled":"fresh", c)); String t=""; String rule="";
      for (Replay r : Replay.values()) { try { Cell.Result x = new Cell(f,pooled,r,c).once(); row.append(String.format("|%-24s", x.text()+" L"+x.left()));
          if (x.reply().thrown()!=null) { t = x.reply().thrown().toString()+" / "+x.reply().thrown().getCause(); }
          var a=x.reply().outcome().attempts(); if (a.get(0).decision()!=null) rule=a.get(0).decision().rule()+" "+a.get(0).decision().didNothing(); 
        } catch (Throwable e) { row.append("| !!"+e.toString().replace('\n',' ')); } }
      System.out.println(row+"|"+rule+"|"+t);
    }
  }
}
