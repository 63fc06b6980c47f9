<?xml version="1.0" encoding="UTF-8"?>
<!-- The text of one witness, a line for each of its blocks, by the rules that the header of the file states.
     It knows nothing of the program that wrote the file. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:functions" xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <xsl:output method="text"/>
  <xsl:param name="witness" as="xs:string"/>
  <xsl:param name="illegible" as="xs:string" select="'[ill.]'"/>
  <xsl:param name="lost" as="xs:string" select="'[lac.]'"/>
  <xsl:variable name="pointer" select="'#' || $witness"/>
  <xsl:key name="id" match="*[@xml:id]" use="'#' || @xml:id"/>
  <xsl:key name="moving" match="rdg" use="(ptr | ref)/@target"/>

  <!-- Of an app the reading that names the witness. -->
  <xsl:function name="f:named" as="element(rdg)?">
    <xsl:param name="app" as="element(app)"/>
    <xsl:sequence select="($app/rdg | $app/rdgGrp/rdg)[tokenize(@wit) = $pointer][1]"/>
  </xsl:function>
  <!-- The reading that the witness has instead of the lemma; none: it has the lemma, if with words beside it. -->
  <xsl:function name="f:reading" as="element(rdg)?">
    <xsl:param name="app" as="element(app)"/>
    <xsl:sequence select="f:named($app)[not(ref[@type = 'added'])]"/>
  </xsl:function>

  <!-- What stands apart and speaks of the witness: entries, and stretches that it does not have. -->
  <xsl:variable name="candidates" as="element()*" select="
    //standOff/listApp/app[f:reading(.)][every $lemma in key('id', @from)/ancestor::lem satisfies empty(f:reading($lemma/..))]
    | //standOff/spanGrp[@type = 'lacunae']/span[@corresp = $pointer]"/>
  <xsl:variable name="apart" as="element()*" select="
    $candidates[let $from := key('id', @from), $own := . return
      every $other in $candidates[not(. is $own)] satisfies
        not(key('id', $other/@from) &lt;&lt; $from and $from &lt;&lt; key('id', $other/@to))]"/>

  <xsl:template match="/">
    <xsl:apply-templates select="//body"/>
  </xsl:template>

  <xsl:template match="body | div | list | table | lg | quote | row | cell | item">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <!-- A passage of the text has a number; whatever else stands among passages is the editors'. -->
  <xsl:template match="body//*[not(@n)][not(self::div or self::list or self::table or self::lg or self::quote or self::row or self::cell or self::item)][not(ancestor::*[starts-with(@xml:id, 'p')][@n])]"/>

  <xsl:template match="head | p | l | ab | label">
    <xsl:param name="between" as="element()*" tunnel="yes"/>
    <xsl:param name="without" as="element()?" tunnel="yes"/>
    <xsl:variable name="block" select="."/>
    <xsl:apply-templates/>
    <xsl:variable name="is-joined" select="some $entry in ($apart except $without) satisfies
      (key('id', $entry/@from) &lt;&lt; $block or key('id', $entry/@from)/ancestor::* intersect $block)
      and $block &lt;&lt; key('id', $entry/@to) and empty(key('id', $entry/@to)/ancestor::* intersect $block)"/>
    <xsl:variable name="is-outside" select="exists($between) and
      ($block &lt;&lt; $between[1] and empty($between[1]/ancestor::* intersect $block)
        or $between[2] &lt;&lt; $block or exists($between[2]/ancestor::* intersect $block))"/>
    <xsl:if test="not($is-joined) and not($is-outside)">
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="text()">
    <xsl:param name="between" as="element()*" tunnel="yes"/>
    <xsl:param name="without" as="element()?" tunnel="yes"/>
    <xsl:if test="f:stands(., $without) and f:is-asked(., $between)">
      <xsl:value-of select="."/>
    </xsl:if>
  </xsl:template>

  <!-- Whether a place is in the stretch that is asked for. -->
  <xsl:function name="f:is-asked" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="between" as="element()*"/>
    <xsl:sequence select="empty($between) or empty($node/ancestor::body) or ($between[1] &lt;&lt; $node and $node &lt;&lt; $between[2])"/>
  </xsl:function>

  <!-- Whether the witness has a place of the text at all. -->
  <xsl:function name="f:stands" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="without" as="element()?"/>
    <xsl:sequence select="every $entry in ($apart except $without) satisfies
      not(key('id', $entry/@from, root($node)) &lt;&lt; $node and $node &lt;&lt; key('id', $entry/@to, root($node)))"/>
  </xsl:function>

  <xsl:template match="app">
    <xsl:variable name="reading" select="f:reading(.)"/>
    <xsl:apply-templates select="if ($reading) then $reading else lem"/>
  </xsl:template>
  <xsl:template match="del | note | witDetail | certainty | wit | ptr | ref[@type = ('footnote', 'transposed', 'added')]"/>
  <xsl:template match="milestone[@unit = 'block'] | gap">
    <xsl:param name="between" as="element()*" tunnel="yes"/>
    <xsl:param name="without" as="element()?" tunnel="yes"/>
    <xsl:if test="f:stands(., $without) and f:is-asked(., $between)">
      <xsl:value-of select="if (self::milestone) then '&#10;' else if (@reason = 'lost') then $lost else $illegible"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="text()" mode="words"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="milestone" mode="words"><xsl:text>&#10;</xsl:text></xsl:template>
  <xsl:template match="gap" mode="words"><xsl:value-of select="if (@reason = 'lost') then $lost else $illegible"/></xsl:template>

  <!-- The beginning of a stretch for which the witness has other words. -->
  <xsl:template match="anchor">
    <xsl:param name="between" as="element()*" tunnel="yes"/>
    <xsl:param name="without" as="element()?" tunnel="yes"/>
    <xsl:variable name="here" select="'#' || @xml:id"/>
    <xsl:variable name="entry" select="($apart except $without)[@from = $here]"/>
    <xsl:if test="f:is-asked(., $between)">
      <xsl:choose>
        <xsl:when test="$entry/self::app"><xsl:apply-templates select="f:reading($entry)"/></xsl:when>
        <xsl:when test="$entry/self::span"><xsl:apply-templates select="$entry/node()"/></xsl:when>
      </xsl:choose>
    </xsl:if>
  </xsl:template>

  <!-- A place at which the witness has words that the text has elsewhere. -->
  <xsl:template match="anchor[@type = 'transposed']" priority="2">
    <xsl:param name="between" as="element()*" tunnel="yes"/>
    <xsl:param name="without" as="element()?" tunnel="yes"/>
    <xsl:variable name="here" select="'#' || @xml:id"/>
    <xsl:variable name="app" select="key('moving', $here)[1]/ancestor::app[1]"/>
    <xsl:variable name="sign" select="f:named($app)/(ptr | ref)[@target = $here]"/>
    <xsl:if test="$sign and f:is-asked(., $between) and f:stands(., $without)">
      <xsl:variable name="words">
        <xsl:choose>
          <xsl:when test="$sign/self::ref"><xsl:apply-templates select="$sign/node()" mode="words"/></xsl:when>
          <xsl:when test="$app/@from">
            <xsl:apply-templates select="//body">
              <xsl:with-param name="between" select="key('id', $app/@from), key('id', $app/@to)" tunnel="yes"/>
              <xsl:with-param name="without" select="$app" tunnel="yes"/>
            </xsl:apply-templates>
          </xsl:when>
          <xsl:otherwise><xsl:apply-templates select="$app/lem"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:variable name="look" select="tokenize($sign/@rend)"/>
      <xsl:value-of select="
        (if ($look = 'blank-before') then ' ' else '') || (if ($look = 'break-before') then '&#10;' else '')
        || replace($words, '^[ \n]+|[ \n]+$', '')
        || (if ($look = 'blank-after') then ' ' else '') || (if ($look = 'break-after') then '&#10;' else '')"/>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
