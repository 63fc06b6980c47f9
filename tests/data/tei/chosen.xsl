<?xml version="1.0" encoding="UTF-8"?>
<!-- The text of one witness of an edition in parallel segmentation, a line for each block: of each app what names it, or
     else the lemma. It is written without the program that takes such editions in, and knows nothing of it. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:f="urn:f" xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
<xsl:output method="text"/>
<xsl:strip-space elements="app rdgGrp subst choice"/>
<!-- The pointers that mean the witness, the most specific first. -->
<xsl:param name="chain" as="xs:string"/>
<xsl:variable name="names" select="tokenize($chain,' ')"/>
<xsl:function name="f:chosen" as="element()?">
 <xsl:param name="app" as="element(app)"/>
 <xsl:variable name="m" select="$app/(lem|rdg|rdgGrp/(lem|rdg))"/>
 <xsl:variable name="by" select="for $n in $names return ($m[tokenize(normalize-space(@wit))=$n][not(@hand) or @hand='' or @hand='#m1'])[1]/$n"/>
 <xsl:variable name="n" select="$by[1]"/>
 <xsl:variable name="c" select="$m[tokenize(normalize-space(@wit))=$n]"/>
 <xsl:sequence select="if (empty($n)) then ($m[self::lem])[1] else if (count($c) gt 1 and (every $x in subsequence($c,2) satisfies $x/@varSeq)) then sort($c,(),function($e){string(($e/@varSeq,'0')[1])})[last()] else $c[1]"/>
</xsl:function>
<xsl:template match="/"><xsl:choose><xsl:when test="//div[@type='edition']"><xsl:apply-templates select="//div[@type='edition']"/></xsl:when><xsl:otherwise><xsl:apply-templates select="//body"/></xsl:otherwise></xsl:choose></xsl:template>
<xsl:template match="head[not(.//app)][not(@n)]"/>
<xsl:template match="p|l|ab|head"><xsl:text>§</xsl:text><xsl:apply-templates/></xsl:template>
<xsl:template match="app"><xsl:variable name="c" select="f:chosen(.)"/><xsl:if test="not($c/self::rdg[surplus and not(node()[not(self::surplus)][normalize-space()])] )"><xsl:apply-templates select="$c/node()"/></xsl:if></xsl:template>
<xsl:template match="note|witDetail|del|figure"/>
<xsl:template match="lb[not(@break='no')]"><xsl:text> </xsl:text></xsl:template>
<xsl:template match="choice"><xsl:apply-templates select="(corr,reg,expan,*[last()])[1]"/></xsl:template>
<xsl:template match="gap"><xsl:variable name="q" select="(@quantity,@extent)[1]"/><xsl:text>[</xsl:text><xsl:value-of select="if ($q castable as xs:integer and starts-with(@unit,'char')) then string-join((1 to xs:integer($q)) ! '.') else '...'"/><xsl:text>]</xsl:text></xsl:template>
</xsl:stylesheet>
